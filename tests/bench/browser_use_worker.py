"""browser-use's DomService behind a pipe: run by the Python of a venv of its own, never imported by anything of ours.

Started as `python browser_use_worker.py CDP_URL`. Every line on stdin is a command as JSON, every line on stdout its
answer: {"open": url} → {}; {"run": script} → {}; {"read": true} → {"ms": .., "elements": ..}.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from typing import Any

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.readyState))))"


async def main(cdp_url: str) -> None:
    from browser_use.browser.session import BrowserSession  # type: ignore[import-not-found]
    from browser_use.dom.service import DomService  # type: ignore[import-not-found]

    session = BrowserSession(cdp_url=cdp_url)
    await session.start()
    service = DomService(browser_session=session)  # with its defaults: paint order, 1,000 px around the viewport

    async def evaluate(script: str) -> Any:
        tab = await session.get_or_create_cdp_session()
        params = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = await tab.cdp_client.send.Runtime.evaluate(params=params, session_id=tab.session_id)
        return answer["result"].get("value")

    async def read() -> dict[str, float]:
        start = time.perf_counter()
        state, _, _ = await service.get_serialized_dom_tree()
        return {"ms": (time.perf_counter() - start) * 1000, "elements": len(state.selector_map)}

    async def answer(command: dict[str, Any]) -> dict[str, Any]:
        if "open" in command:
            tab = await session.get_or_create_cdp_session()
            await tab.cdp_client.send.Page.navigate(params={"url": command["open"]}, session_id=tab.session_id)
            while (
                await evaluate(f"location.href === {json.dumps(command['open'])} && document.readyState") != "complete"
            ):
                await asyncio.sleep(0.02)
            await evaluate(PAINTED)
            return {}
        if "run" in command:
            await evaluate(command["run"])
            await evaluate(PAINTED)
            return {}
        return await read()

    out, sys.stdout = sys.stdout, sys.stderr  # what it says belongs elsewhere
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await answer(json.loads(line))), file=out, flush=True)
    await session.stop()


if __name__ == "__main__":
    os.environ |= {
        "ANONYMIZED_TELEMETRY": "false",
        "BROWSER_USE_LOGGING_LEVEL": "result",
        "SKIP_LLM_API_KEY_VERIFICATION": "true",
    }
    asyncio.run(main(sys.argv[1]))
