{#- Schemas have the name that the model sets, without the target's name as a prefix. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
{{ custom_schema_name or target.schema }}
{%- endmacro %}
