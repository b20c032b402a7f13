"""What a Prefect server itself reports: a notification block for each channel, and an automation that uses it.

Runs report what they find (``flows.alerts``). A run whose process was killed cannot, so the server reports it. When a
whole machine is gone, the server recognises its runs by their missing heartbeats.
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

LOST = "newsledger-lost-runs"
# Prefect's runs send a heartbeat every three minutes.
LOST_AFTER = timedelta(minutes=10)
# A busy server may handle one event several times; a run is reported at most once in this time.
TOLD_ONCE = timedelta(minutes=10)
# Names on the server. Objects that have one of these names and are no longer wanted are removed.
PREFIX = "newsledger-alert-"
SUBJECT = "Newsledger: {{ flow_run.name }}"
BODY = "is {{ flow_run.state.name }}: {{ flow_run.state.message }} (newsledger status)"


def put_automations(settings: AlertSettings, lost_after: timedelta = LOST_AFTER) -> tuple[str, ...]:
    """Make the current server's automations match the channels of the settings; return their names.

    One further automation marks a run as crashed when the server has received no heartbeat of it for ``lost_after``.
    """
    from prefect import get_client

    with get_client(sync_client=True) as client:
        wanted = {PREFIX + name: block for name, block in _blocks(settings).items()}
        for automation in client.read_automations():
            if automation.name.startswith(PREFIX) or automation.name == LOST:
                client.delete_automation(automation.id)
        for name, block in wanted.items():
            saved: Any = block.save(name, overwrite=True)
            client.create_automation(_automation(name, saved))
        client.create_automation(_lost_runs(lost_after))
        _remove_blocks(client, wanted)
    return (*wanted, LOST)


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

    trigger = EventTrigger(
        expect={"prefect.flow-run.Crashed", "prefect.flow-run.Failed", "prefect.flow-run.TimedOut"},
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
        within=TOLD_ONCE,
        **_of_our_runs(),
    )
    action = SendNotification(block_document_id=block, subject=SUBJECT, body=BODY)
    return AutomationCore(
        name=name, description="A run that crashed or failed.", trigger=trigger, actions=[action], tags=[TAG]
    )


def _lost_runs(lost_after: timedelta) -> Any:
    from prefect.automations import AutomationCore
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import EventTrigger, Posture

    heartbeat = "prefect.flow-run.heartbeat"
    ends = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Crashed", "Cancelled", "TimedOut")}
    trigger = EventTrigger(
        after={heartbeat},
        expect={heartbeat, *ends},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=lost_after,
        **_of_our_runs(),
    )
    message = f"No heartbeat of it for {lost_after}: its machine is gone, or cut off."
    action = ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=message)
    return AutomationCore(name=LOST, description="A run of which nothing is heard.", trigger=trigger, actions=[action])


def _of_our_runs() -> dict[str, Any]:
    from prefect.events.schemas.events import ResourceSpecification

    tag = {"prefect.resource.id": f"prefect.tag.{TAG}", "prefect.resource.role": "tag"}
    return {
        "match": ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        "match_related": ResourceSpecification(tag),
    }


def _remove_blocks(client: SyncPrefectClient, wanted: dict[str, Any]) -> None:
    for document in client.read_block_documents():
        if (document.name or "").startswith(PREFIX) and document.name not in wanted:
            client.delete_block_document(document.id)
