"""The forms of clauses that are understood: a table of patterns, each with what it means.

The first pattern of which a match makes sense is the meaning; further ways to match the same pattern are other
readings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cua.planners.instruct import meanings as means
from cua.planners.instruct.intents import Intent
from cua.planners.instruct.patterns import Slots

Meaning = Callable[[Slots], Intent | None]

LOG_IN = "(log in|login|log on|sign in|signin|sign on|log me in|sign me in|log yourself in|authenticate)"
USER = (
    "(username|user name|user id|userid|user|login name|login|account|email address|e-mail address|email|e-mail|name)"
)
PASS = "(password|passphrase|passcode|pass|pwd|pin)"
IS = "[is|of|=|:]"
INTO = "(in|into|in to|to|on|for|as|inside|within)"
OPEN = (
    "(open|open up|go to|goto|go into|go in|go back to|return to|visit|navigate to|browse to|head to|head over to|"
    "get to|move to|view|show|show me|display|access|bring up|pull up|jump to|look at|go over to|load)"
)
CLICK = "(click|click on|press|press on|tap|tap on|hit|push|follow|activate|left-click|left click|use|click through to)"
TICK = "(tick|tick off|check|check off|enable|turn on|switch on|mark|agree to|accept)"
UNTICK = "(untick|uncheck|un-tick|un-check|disable|turn off|switch off|unmark|deactivate|unselect|deselect)"
CHOOSE = "(choose|select|pick)"
TYPE = "(type|type in|enter|input|write|key in|put|put in|insert|paste|fill in|fill|supply|provide)"
SET = "(set|change|update|edit|modify|alter|switch|adjust|make)"
NEW = "(add|create|make|register|set up|start|open|insert|define)"
NAMED = "(named|called|titled|entitled|labelled|labeled|:)"
WITH = "(with|having|, with|and with)"
AND = "(and|,|, and)"
DELETE = "(delete|remove|erase|destroy|trash|drop|get rid of)"
SEEING = (
    "(make sure|check|verify|confirm|ensure|assert|see|expect|validate|be sure|double-check|make certain) "
    "[that|if|whether]"
)
WAIT = "(wait|wait until|wait for|wait till|wait that)"
SHOWN = (
    "(is shown|is visible|is displayed|is there|is present|is listed|is on the page|is on the screen|is on screen|"
    "is in the list|appears|appear|shows up|shows|exists|comes up|to appear|to be shown|to show up|to be visible|"
    "are shown|"
    "are listed|are visible|are there|to show|has appeared|is in the table|appears in the list|to come up|shown|"
    "visible)"
)
GONE = (
    "(is gone|is not shown|is not there|is not visible|is not listed|is not in the list|isn't shown|isn't there|"
    "isn't visible|isn't listed|isn't in the list|disappears|disappeared|has disappeared|to disappear|is no longer "
    "shown|"
    "is no longer there|is no longer listed|is no longer visible|is no longer in the list|no longer exists|"
    "does not appear|doesn't appear|does not exist|doesn't exist|is not present|goes away|to go away|is not on the "
    "page|"
    "is hidden|vanishes|to vanish|not to appear)"
)
PAGE = "(it|the page|the screen|this|the message|the result|the site|page|screen|a message|the list|the table)"
SAYS = "(says|shows|reads|displays|contains|has|mentions|lists|includes|shows the text|says that|contains the text)"


@dataclass(frozen=True, slots=True)
class Form:
    """`weak` forms count only where no longer reading makes sense ("type Hello", "select Red")."""

    patterns: tuple[str, ...]
    meaning: Meaning
    example: str
    weak: bool = False


FORMS: tuple[Form, ...] = (
    Form(
        (
            f"{LOG_IN} [(to|into|on|at) {{place}}] (as|with|using|by) [the] [{USER} {IS}] {{user}} [,] [lparen] "
            f"[and] [with|using] "
            f"[the|my|his|her] {PASS} {IS} {{password}} [rparen] [(to|into|on) {{place2}}]",
            f"{LOG_IN} [(to|into|on|at) {{place}}] [with|using] [the] {PASS} {IS} {{password}} (as|for) {{user}}",
            f"{LOG_IN} [(to|into|on|at) {{place}}] (as|with|using) [the] [{USER} {IS}] {{user}} (and|/) {{password}} "
            "[as [the] password]",
            f"{LOG_IN} [(to|into|on|at) {{place}}] (with|using|as) [the] [credentials|login|account] [lparen] "
            f"{{pair}} [rparen]",
            f"{LOG_IN} [(to|into|on|at) {{place}}] (as|with|using) [the] [{USER} {IS}] {{user}}",
            f"{LOG_IN} [(to|into|on|at) {{place}}]",
        ),
        means.log_in,
        "log in as USER with password PASSWORD",
    ),
    Form(("(log out|logout|sign out|signout|log off|log me out|sign me out) [of {place}]",), means.log_out, "log out"),
    Form(
        (f"{OPEN} [the] [page|url|site|address|website|web page|link] [at] {{url}}",),
        means.visit,
        "go to http://…",
    ),
    Form(
        (
            "(go|move|navigate|step|take me) back [(one|a) page] [to the previous page|again]",
            "back",
            "go to the previous page",
        ),
        means.move("back"),
        "go back",
    ),
    Form(("(go|move|navigate|step) forward [(one|a) page]",), means.move("forward"), "go forward"),
    Form(
        ("(reload|refresh) [the] [page|it|this|screen|this page|site]",),
        means.move("reload"),
        "reload the page",
    ),
    Form(
        (
            f"{SEEING} (there is no|there are no|there is not|there isn't) [a|an|any] {{text}} [{SHOWN}]",
            f"{SEEING} {{text}} {GONE}",
            f"{SEEING} {PAGE} (does not say|doesn't say|does not show|doesn't show|does not contain|doesn't "
            f"contain) {{text}}",
        ),
        means.gone(wait=False),
        "check that X is gone",
    ),
    Form((f"{WAIT} {{text}} {GONE}",), means.gone(wait=True), "wait until X disappears"),
    Form(
        (
            f"{SEEING} [the] [page] title (is|says|contains|shows|reads) {{title}}",
            f"{SEEING} [the] [page] (url|address) (is|contains|ends with|has) {{url}}",
            f"{SEEING} {PAGE} {SAYS} [the text|the message|the words] {{text}}",
            f"{SEEING} (there is|there are|there's) [a|an] [text|message] {{text}} [{SHOWN}|(on|in) (the page|the "
            f"list|it)]",
            f"{SEEING} [the text|the message] {{text}} {SHOWN}",
            "(it|the page|this|the message|the title|the screen|the result) (should|must) (say|show|read|contain|"
            "display|have) "
            "[the text] {text}",
            "(expect to see|you should see|there should be|see that there is|should see) [a|an] [text|message] {text}",
            f"{SEEING} {{box}} (is|are) {{state}}",
            f"{SEEING} [the] [value of] {{field}} (is|are|equals|contains|holds|has [the] value|says|shows|reads) "
            "[set to] {value}",
        ),
        means.see(wait=False),
        "check that X is shown",
    ),
    Form(
        (
            f"{WAIT} [the] [page] title (is|says|contains|shows) {{title}}",
            f"{WAIT} {PAGE} {SAYS} {{text}}",
            f"{WAIT} [the text|the message] {{text}} {SHOWN}",
            f"{WAIT} {{loaded}}",
        ),
        means.see(wait=True),
        "wait until X appears",
    ),
    Form((f"{CLICK} [the] {{keys}} [key|button] [(in|on) [the] {{where}}]",), means.keys, "press Enter"),
    Form(("(double-click|double click|doubleclick) [on] {what}",), means.click(count=2), "double-click X"),
    Form(
        ("(right-click|right click|rightclick|context-click) [on] {what}",),
        means.click(button="right"),
        "right-click X",
    ),
    Form(("(middle-click|middle click) [on] {what}",), means.click(button="middle"), "middle-click X"),
    Form(
        ("(ctrl-click|ctrl+click|control-click|control click) [on] {what}",),
        means.click(modifiers=("Control",)),
        "ctrl-click X",
    ),
    Form(("(shift-click|shift+click|shift click) [on] {what}",), means.click(modifiers=("Shift",)), "shift-click X"),
    Form(
        (
            "(hover over|hover on|hover your mouse over|hover|point at|mouse over|move the mouse over|move the "
            "pointer over|"
            "move the mouse to|move the pointer to) {what}",
        ),
        means.hover,
        "hover over X",
    ),
    Form(
        (
            "scroll [the page] (down|up|left|right) [a bit|a page|a little]",
            "page (down|up)",
            "scroll [down|up] [all the way] [to] [the] (top|bottom|end|start) [of [the] (page|list|table)]",
            "scroll [down|up] (to|until) [the] {what} [is visible|is shown|appears]",
            "scroll {what} into view",
        ),
        means.scroll,
        "scroll down",
    ),
    Form(
        (
            "(upload|attach) [the] [file|picture|image|document] {path+} (to|into|in|as|using|for|with|on) [the] "
            "{field}",
            "(upload|attach) [the] [file|picture|image|document] {path}",
            f"{CHOOSE} [the] file {{path}} (for|in|as|under) [the] {{field}}",
        ),
        means.upload,
        "upload FILE to FIELD",
    ),
    Form(
        ("download {what} (to|as|into) [the file] {path}", "download {what}", "save {what} to [the] file {path}"),
        means.download,
        "download X",
    ),
    Form(
        ("(drag and drop|drag|drag & drop|drop) {what} (to|onto|into|on|on to|over) {to}",), means.drag, "drag X to Y"
    ),
    Form(
        (
            "(go|switch|change) to [the] (new|other|next|previous|first|last) (tab|window|browser tab)",
            "switch to [the] {to} [tab|window]",
        ),
        means.switch,
        "switch to the X tab",
    ),
    Form(
        (
            "(sort|order) [the] [{what}] by {by} [in] [order] (descending|desc|ascending|asc) [order]",
            "(sort|order) [the] [{what}] by {by}",
        ),
        means.sort,
        "sort by COLUMN",
    ),
    Form(
        (
            "filter [the] [{what}] (by|on|with|using|where) {by} (:|=|is|to|equals|as) {value}",
            "filter [the] [{what}] (by|on|with|using|for) {pair}",
            "(show|list|display|view) only [the] {value}",
        ),
        means.filter_,
        "filter by FIELD: VALUE",
    ),
    Form(
        (
            "(search|look|search again) [in|within|through] [the] {where} for {query}",
            "(search|look|find) [for] {query+} (in|on|within|among|using|with) [the] {where}",
            "(search for the text|search for|search|look for|look up|find|query|google) {query}",
        ),
        means.search,
        "search for X",
    ),
    Form(
        (
            f"{CHOOSE} [the|all|all the|every] (row|rows|line|lines|entry|entries|item|items|box|boxes|checkbox|"
            f"checkboxes|record|"
            "records) [of|for|with|named|called|containing|next to|beside|in the rows of|in the row of|where it "
            "says] {names}",
            "(tick|check|mark) [the] (row|rows|line|lines|entry|entries|boxes|checkboxes|box|checkbox) "
            "(of|for|containing|next to|beside|in the rows of|in the row of) {names}",
            f"{CHOOSE} (all|everything|every row|all rows|all of them|all the rows|all items|all entries)",
            "(tick|check|mark) (all|everything|every row|all rows|all the rows|all boxes|all checkboxes)",
        ),
        means.rows(on=True),
        "select the rows of X and Y",
    ),
    Form(
        (
            f"{UNTICK} [the] (row|rows|line|lines|entry|entries) [of|for|named|called|containing] {{names}}",
            f"{UNTICK} (all|everything|all rows)",
        ),
        means.rows(on=False),
        "deselect the row of X",
    ),
    Form(
        (
            f"{CHOOSE} [the] [option|value|item|entry] {{option+}} "
            "(from|in|for|as|under|on) [the] {field} (of|for) {record}",
            f"{CHOOSE} [the] [option|value|item|entry] {{option+}} (from|in|for|as|under|on) [the] {{field}}",
            f"{CHOOSE} [the] {{field}} (:|=) {{option}}",
        ),
        means.choose,
        "choose X from the Y list",
    ),
    Form(
        (f"{CHOOSE} [the] (option|value|item|entry|radio button|radio) {{option}}", f"{CHOOSE} {{option}}"),
        means.choose,
        "choose X",
        weak=True,
    ),
    Form(
        (
            f"{SET} [the] {{field}} (of|for) {{record}} (to|=|:|into|as) {{value}}",
            f"{SET} [the] {{owned}} (to|=|:|into|as) {{value}}",
            f"{SET} [the] {{field}} from {{old}} to {{value}}",
            f"{SET} [the] {{field}} (to|=|:|into|as) [be] {{value}}",
            "(change|update|edit|replace) [the] {field} with {value}",
            "(give|assign) {record} [the] {field} {value}",
        ),
        means.set_field,
        "set FIELD to VALUE",
    ),
    Form(
        (
            "(rename|retitle) {record} (to|as|into) {value}",
            "(change|edit) the name of {record} to {value}",
        ),
        means.rename,
        "rename X to Y",
    ),
    Form(
        (
            "(fill in|fill out|fill|complete|populate) [the] {field} (with|using|:|=|as) {value}",
            f"{TYPE} {{value+}} {INTO} [the] {{field}} (of|for) {{record}}",
            f"{TYPE} {{value+}} {INTO} [the] {{field}}",
            f"{TYPE} [the] {{field}} (:|=|is) {{value}}",
            f"{TYPE} [the|a|an] {{known}}",
        ),
        means.fill,
        "fill in FIELD with VALUE",
    ),
    Form(("(type|write|enter|paste) {value}",), means.type_here, 'type "X"', weak=True),
    Form(
        (
            "(clear|empty|blank|clear out|reset) [the] {field}",
            "(delete|remove|erase) the (text|content|contents) (of|in|from) [the] {field}",
        ),
        means.clear,
        "clear FIELD",
    ),
    Form(
        (
            "(confirm|approve) [it|this|that|them|the deletion|deletion|deleting|the delete|the dialog|the prompt|"
            "the question|"
            "the action|with yes|the change|the changes|your choice|the removal] [with yes]",
            "(say|answer|choose|click) yes [to the question|to confirm]",
            "(confirm|answer) (with|by clicking|by pressing|using) {with}",
            "(accept|confirm) the (dialog|prompt|alert|question|confirmation|warning|popup)",
            "accept",
        ),
        means.confirm,
        "confirm",
    ),
    Form(
        (f"{UNTICK} [the] {{boxes}} (for|of|on) {{record}}", f"{UNTICK} [the] {{boxes}}"),
        means.tick(on=False),
        "untick BOX",
    ),
    Form(
        (f"{TICK} [the] {{boxes}} (for|of|on) {{record}}", f"{TICK} [the] {{boxes}}"),
        means.tick(on=True),
        "tick BOX",
    ),
    Form(
        ("(cancel|dismiss|abort) [it|this|that]", "(cancel|dismiss) [the] {what}", "close [the] {closed}", "close"),
        means.dismiss,
        "cancel",
    ),
    Form(
        (
            f"{DELETE} [the] selected {{what}}",
            f"{DELETE} (the selected|the selection)",
        ),
        means.delete_selected,
        "delete the selected rows",
    ),
    Form((f"{DELETE} {{record}}", "(delete|remove)"), means.delete, "delete the KIND NAME"),
    Form(
        (
            "(add|put) [a|an|the] {what} (to|in|into) [the|my|your] (cart|basket|bag|shopping cart|wishlist|"
            "favourites|favorites)",
        ),
        means.to_cart,
        "add X to the cart",
    ),
    Form(("(append|add|attach) {value+} to [the] {field}",), means.append, "append X to FIELD"),
    Form(
        (
            f"{NEW} (a|an|one|another|the) [new] {{kind}} {NAMED} {{name}} {WITH} {{fields}}",
            f"{NEW} (a|an|one|another|the) [new] {{kind}} {NAMED} {{name}} {AND} {{known_fields}}",
            f"{NEW} (a|an|one|another|the) [new] {{kind}} {NAMED} {{name}}",
            f"{NEW} (a|an|one|another|the) [new] {{kind}} with [the|a] (name|title) {{name}} {AND} {{known_fields}}",
            f"{NEW} (a|an|one|another|the) [new] {{kind}} with [the|a] (name|title) {{name}}",
            f"{NEW} [a|an|the] [new] {{record}} {WITH} {{fields}}",
            f"{NEW} [a|an|the] [new] {{record}} {AND} {{known_fields}}",
            "(add|create|register|make) [a|an|the] [new] {record}",
            f"{NEW} (a|an|one|another) [new] {{kind}} (with|whose|having) {{fields}}",
            f"{NEW} {{name}} as (a|an) [new] {{kind}}",
            f"{NEW} (a|an|one|another) [new] {{plainkind}}",
            f"{NEW} new {{plainkind}}",
            "(add|create) (another|another one|one more)",
        ),
        means.create,
        "add a KIND named NAME",
    ),
    Form(
        (
            "(save|submit|store|apply) [it|them|this|that|changes|the changes|the form|your changes|my changes|"
            "everything|all|"
            "the page|all changes|the new values|the settings|your work|my work|the result]",
            "(save|submit|store|apply) [the|this|your|my] {what}",
        ),
        means.save,
        "save",
    ),
    Form(("(open|show|view|see) [the] list of {what}",), means.open_, "open the list of X"),
    Form(
        (f"{OPEN} {{what}} (of|for) {{record}}", f"{OPEN} {{what}}", f"{OPEN} {{page}}", "edit {record}"),
        means.open_,
        "open X",
    ),
    Form(
        ("(move|transfer|bring) (it|them) [over|across] (with|using|by clicking|by pressing) {what}",),
        means.click(),
        "click X",
    ),
    Form(("(focus|focus on|put the cursor in|place the cursor in) {what}",), means.click(), "focus on FIELD"),
    Form(("(expand|collapse|unfold|toggle) {what}",), means.click(), "expand X"),
    Form((f"{CLICK} {{what}}",), means.click(), "click X"),
    Form(
        tuple(
            f"({verb}) [it|them|this|that|now|the [selected] {{what}}|{{what}}]"
            for verb in (
                "publish|unpublish|send|pay|pay now|post|run|execute|continue|proceed|finish|next|check out|"
                "checkout|place|go|"
                "buy|purchase|subscribe|unsubscribe|reject|archive|unarchive|restore|generate|export|import|print",
                "preview|start|stop|pause|resume|test|connect|disconnect|install|uninstall|duplicate|clone|join|leave|"
                "like|reply|comment|share|invite|lock|unlock|reopen|retire|play|calculate|compute|convert|undo|redo|reserve|"
                "complete|vote|donate|transfer|withdraw|deposit|upgrade|skip|retry|verify|register|sign up|resolve",
            )
        ),
        means.push,
        "publish, send, run, continue …",
        weak=True,
    ),
)
