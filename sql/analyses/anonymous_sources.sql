-- Which outlets rely most on anonymous sources?
select
    publisher, sum(claims) as claims, sum(anonymous_claims) as anonymous,
    round(sum(anonymous_claims) / sum(claims), 3) as anonymous_share,
    round(sum(unverified_claims) / sum(claims), 3) as unverified_share
from source_reliance
group by publisher
having sum(claims) >= 5
order by anonymous_share desc, publisher
