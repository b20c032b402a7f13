"""What a Prefect server itself tells: a notification block for each channel, and an automation that uses it.

Runs tell what they find (``flows.alerts``); a run whose process was killed tells nothing, but the server knows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flows.engine import TAG
from flows.settings import AlertSettings

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.blocks.abstract import NotificationBlock
    from prefect.client.orchestration import SyncPrefectClient

# Names on the server; what bears one of ours and is no longer wanted is removed.
PREFIX = "newsledger-alert-"
SUBJECT = "Newsledger: {{ flow_run.name }}"
BODY = "{{ flow_run.name }} is {{ flow_run.state.name }}: {{ flow_run.state.message }} (newsledger status)"


def put_automations(settings: AlertSettings) -> tuple[str, ...]:
    """Make the current server's automations equal to the channels of the settings; return their names."""
    from prefect import get_client

    with get_client(sync_client=True) as client:
        wanted = {PREFIX + name: block for name, block in _blocks(settings).items()}
        for automation in client.read_automations():
            if automation.name.startswith(PREFIX):
                client.delete_automation(automation.id)
        for name, block in wanted.items():
            saved: Any = block.save(name, overwrite=True)
            client.create_automation(_automation(name, saved))
        _remove_blocks(client, wanted)
    return tuple(wanted)


def _blocks(settings: AlertSettings) -> dict[str, NotificationBlock]:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock, SlackWebhook

    blocks: dict[str, NotificationBlock] = {}
    if settings.webhook:
        message = {"text": "{{subject}} {{body}}"}
        blocks["webhook"] = CustomWebhookNotificationBlock(name=TAG, url=settings.webhook, json_data=message)
    if settings.slack:
        blocks["slack"] = SlackWebhook(url=settings.slack)
    return blocks


def _automation(name: str, block: UUID) -> Any:
    from prefect.automations import AutomationCore
    from prefect.events.actions import SendNotification
    from prefect.events.schemas.automations import EventTrigger, Posture
    from prefect.events.schemas.events import ResourceSpecification

    trigger = EventTrigger(
        expect={"prefect.flow-run.Crashed", "prefect.flow-run.Failed", "prefect.flow-run.TimedOut"},
        match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        match_related=ResourceSpecification(
            {"prefect.resource.id": f"prefect.tag.{TAG}", "prefect.resource.role": "tag"}
        ),
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )
    action = SendNotification(block_document_id=block, subject=SUBJECT, body=BODY)
    return AutomationCore(
        name=name, description="A run that crashed or failed.", trigger=trigger, actions=[action], tags=[TAG]
    )


def _remove_blocks(client: SyncPrefectClient, wanted: dict[str, Any]) -> None:
    for document in client.read_block_documents():
        if (document.name or "").startswith(PREFIX) and document.name not in wanted:
            client.delete_block_document(document.id)
