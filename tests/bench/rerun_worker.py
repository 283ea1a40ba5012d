"""browser-use's rerun of a workflow behind a pipe: run by the Python of a venv of its own, never imported by ours.

Started as `python rerun_worker.py CHROMIUM`. Every line on stdin is a command as JSON, every line on stdout its answer:

- {"record": file, "url": url, "steps": [step, ..]} → {} or {"why": ..}: its agent does the steps once, with its own
  tools on its own state of the page, and its history is saved. A step is {"open": url}, {"click": [role, name]} or
  {"into": [role, name], "text": text}. In the place of a model stands `Scripted`, which answers with the next step.
- {"rerun": file} → {"ms": .., "retries": .., "failed": null} or {"failed": step, "why": ..}: `Agent.load_and_rerun` of
  that file, from starting its browser to its end. No model is asked for a step; the summary by a model that ends every
  rerun is asked of `Scripted` too, and answered at once.

Everything is at browser-use's defaults but what needs a network (extensions, telemetry), a judging model, a screen, or
a sandbox that root cannot have. The intervals between the steps, in which a model thought, are saved as zero. The step
by which its agent says that it is done is not saved: the others have none.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from typing import Any

PAUSE = 0.5
"""Seconds before each step while it is recorded: the page that the step before it asked for is there by then."""
PATIENCE = 20.0
"""Seconds in which what a step names has to be on the page, while it is recorded."""
VIEWPORT = {"width": 1280, "height": 720}
LOST = "not available - page may have changed"
"""What its tools say where they did nothing, as there is no such element; it goes on then, and it is no error to it."""


class Scripted:
    """Stands where a model would."""

    model = provider = name = model_name = "scripted"

    def __init__(self) -> None:
        self.next: dict[str, Any] = {}

    async def ainvoke(self, messages: object, output_format: Any = None, **_: object) -> Any:
        from browser_use.llm.views import ChatInvokeCompletion  # type: ignore[import-not-found]

        if "completion_status" in output_format.model_fields:
            answer = {"summary": "", "success": True, "completion_status": "complete"}
        else:
            answer = {"evaluation_previous_goal": "", "memory": "", "next_goal": "", "action": [self.next]}
        return ChatInvokeCompletion(completion=output_format.model_validate(answer), usage=None)


def new_agent(chromium: str, model: Scripted, **options: Any) -> Any:
    from browser_use import Agent, BrowserProfile  # type: ignore[import-not-found]

    profile = BrowserProfile(
        executable_path=chromium,
        headless=True,
        chromium_sandbox=os.geteuid() != 0,
        enable_default_extensions=False,
        viewport=VIEWPORT,
    )
    return Agent(task="Add groups", llm=model, browser_profile=profile, use_judge=False, **options)


# ── recorded ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def record(chromium: str, file: str, url: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    model = Scripted()
    agent = new_agent(chromium, model, initial_actions=[{"navigate": {"url": url, "new_tab": False}}])
    left = iter(steps)

    async def prepare(_: object) -> None:
        await asyncio.sleep(PAUSE)
        step = next(left, None)
        model.next = await action(agent, step) if step else {"done": {"text": "", "success": True}}

    try:
        history = await agent.run(max_steps=len(steps) + 1, on_step_start=prepare)
    except LookupError as error:
        return {"why": str(error)}
    errors = [error for error in history.errors() if error]
    if errors or not history.is_done():
        return {"why": errors[0] if errors else "its agent did not come to its end"}
    del history.history[-1]
    for item in history.history:
        item.metadata.step_interval = 0.0
    history.save_to_file(file)
    return {}


async def action(agent: Any, step: dict[str, Any]) -> dict[str, Any]:
    """The step as an action of its tools."""
    if "open" in step:
        return {"navigate": {"url": step["open"], "new_tab": False}}
    if "click" in step:
        return {"click": {"index": await found(agent, *step["click"])}}
    return {"input": {"index": await found(agent, *step["into"]), "text": step["text"]}}


async def found(agent: Any, role: str, name: str) -> int:
    """The index of the one element of its state of the page that has this role and name; raises LookupError."""
    end = time.monotonic() + PATIENCE
    while True:
        state = await agent.browser_session.get_browser_state_summary(include_screenshot=False)
        named = [(index, node.ax_node) for index, node in state.dom_state.selector_map.items() if node.ax_node]
        # as the page shows it: a style may have made it capitals
        fitting = [i for i, ax in named if ax.role == role and (ax.name or "").casefold() == name.casefold()]
        if len(fitting) == 1:
            return int(fitting[0])
        if time.monotonic() > end:
            raise LookupError(f'{len(fitting)} elements at {state.url} are a {role} "{name}"')
        await asyncio.sleep(0.1)


# ── run again ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def rerun(chromium: str, file: str) -> dict[str, Any]:
    agent = new_agent(chromium, Scripted())
    once, tries = agent._execute_history_step, 0

    async def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal tries
        tries += 1
        return await once(*arguments, **options)

    agent._execute_history_step = counted
    start = time.perf_counter()
    try:
        results = await agent.load_and_rerun(file, delay_between_actions=0)
    except RuntimeError as error:  # "Step 7 failed after 3 attempts: ..", or of what it does before its first step
        said = str(error).splitlines()[0]
        step = re.match(r"Step (\d+) failed", said)
        return {"failed": int(step[1]) if step else 0, "why": said}
    ms = (time.perf_counter() - start) * 1000
    for number, result in enumerate(results):  # the first opened the address, the last is the summary
        if why := result.error or (result.extracted_content if LOST in (result.extracted_content or "") else None):
            return {"failed": number, "why": why.splitlines()[0]}
    return {"ms": ms, "retries": tries - (len(results) - 1), "failed": None}


async def main(chromium: str) -> None:
    out, sys.stdout = sys.stdout, sys.stderr  # what it says belongs elsewhere
    while line := await asyncio.to_thread(sys.stdin.readline):
        command = json.loads(line)
        if "record" in command:
            answer = await record(chromium, command["record"], command["url"], command["steps"])
        else:
            answer = await rerun(chromium, command["rerun"])
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    os.environ |= {
        "ANONYMIZED_TELEMETRY": "false",
        "BROWSER_USE_LOGGING_LEVEL": "result",
        "BROWSER_USE_VERSION_CHECK": "false",
        "SKIP_LLM_API_KEY_VERIFICATION": "true",
    }
    asyncio.run(main(sys.argv[1]))
