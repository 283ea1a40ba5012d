"""The small tables behind name similarity: words of interfaces, words that mean the same, look-alike letters.

Kept tight on purpose. Two words are synonyms only where every program means the same by them; actions that differ
in what they do ("save" and "submit", "close" and "cancel") never are.
"""

from __future__ import annotations

from types import MappingProxyType

_SYNONYMS = (
    ("log in", "login", "sign in", "signin", "log on", "logon", "sign on"),
    ("log out", "logout", "sign out", "signout", "log off", "logoff", "sign off"),
    ("sign up", "signup"),
    (
        "email",
        "e-mail",
        "e mail",
        "mail address",
        "e-mail address",
        "email address",
        "e mail adresse",
        "e mail address",
    ),
    ("delete", "remove"),
    ("ok", "okay"),
    ("search", "find"),
    ("username", "user name", "user-name"),
    ("phone", "telephone", "phone number", "telephone number"),
    ("zip", "zip code", "zipcode", "postcode", "postal code", "post code"),
    ("first name", "given name", "forename"),
    ("last name", "surname", "family name"),
    ("date of birth", "birth date", "birthdate", "birthday"),
    ("quantity", "qty"),
    ("password confirmation", "confirm password", "repeat password", "password again", "confirm your password"),
    ("checkbox", "check box"),
    ("dropdown", "drop-down", "drop down"),
    ("full screen", "fullscreen"),
    ("web site", "website"),
    ("home page", "homepage"),
    ("filename", "file name"),
    ("timezone", "time zone"),
    ("favorite", "favourite"),
    ("favorites", "favourites"),
    ("color", "colour"),
    ("organization", "organisation"),
    ("customize", "customise"),
    ("center", "centre"),
    ("canceled", "cancelled"),
    ("catalog", "catalogue"),
    ("license", "licence"),
    ("and", "&"),
    ("information", "info"),
    ("configuration", "config"),
    ("documentation", "docs"),
    ("message", "msg"),
    ("address", "addr"),
    ("department", "dept"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("application", "app"),
    ("applications", "apps"),
    ("repository", "repo"),
    ("repositories", "repos"),
    ("password", "passwd", "pwd"),
    ("specification", "spec"),
    ("photo", "photograph"),
)
CANON = MappingProxyType({form: group[0] for group in _SYNONYMS for form in group})
"""A word or phrase (normal form): the one that stands for all that mean the same."""
LOOSE = frozenset({"remove", "delete", "search", "find"})
"""Actions that only mostly mean the same: the other word is no surer than a name that begins with the one said."""

_TURNING = """
cancel disable dont except kein never nicht no non not ohne pas sans stop undo without
"""
TURNING = frozenset(_TURNING.split())
"""Words that turn a name into its opposite: "Don't save" is no kind of "Save"."""

_DIVERGING = """
all and another anyway as by everything for forever from or permanently to via with without
"""
DIVERGING = frozenset(_DIVERGING.split())
"""Where a name goes on with one of these it says another action: "Save as new" is no kind of "Save"."""

DIRECTED = frozenset(
    {"after", "as", "before", "by", "for", "from", "in", "into", "of", "on", "over", "than", "to", "under", "with"}
)
"""Between these the order of words says which is which: "link as button" is no "button as link"."""

OTHERWISE = frozenset({"again", "new", "old", "copy", "confirm", "repeat", "draft", "backup", "beta", "test"})
"""What tells two of one name apart, in brackets behind it."""

_STARTING = """
accept add agree apply browse choose confirm continue create download edit export filter find import next preview print
refresh register reload save search select share submit upload yes
"""
STARTING = frozenset(_STARTING.split())
"""Actions that people say without their object: "Save" for "Save changes". None that destroys anything."""

_FILLING = """
a an at choose enter here in my our please select the their to type your
auswählen bitte eingeben ihr ihre wählen votre saisir choisir su elegir seleccionar seu selecionar
"""
FILLING = frozenset(_FILLING.split())
"""Words around a name that make no other name of it: "Please enter your email"."""

_WORDS = """
about accept access account accounts action actions activate active activity add added address admin administration
administrator advanced album alert alerts align all allow amount answer app application applications apply approve
archive article assign attach attachment attack audio author auto avatar back background backup balance basic basket
billing birth black block blog board body bold book bookmark border bottom box browse build button buttons buy
calendar call cancel card cards cart catalog categories category center change changes chart chat check checkbox
checkout choose city class clean clear click client clone close cloud code collapse collect color column columns
comment comments commit company compare complete compose confirm connect contact contacts content continue copy cost
count country create created credit crop currency current custom customer customers cut dashboard data database date
dates deactivate debit decline default delete deleted deliver delivery deny deploy description deselect design
destination detach details device dialog disable disabled discard disconnect discount dismiss display district
document documents done down download draft drop dropdown duplicate duration edit editor eject email emails empty
enable enabled enter entries entry error event events exclude execute exit expand expend expert export extend extra
failed favorite feature feedback field fields file files fill filter filters find finish first folder follow font
footer form format forms forum forward free from full gallery gender general generate get give global go grant grid
group groups guest header heading health height hello help hide high history home host hour hours house icon image
images impart import inactive inbox include info information input insert install invite invoice issue italic item
items job join keep key keyword keywords language large last latest launch layout leave left length less level library
license like limit line link links list load local location lock log login logout look loose lose low mail main make
manage map mark master mate media member members menu merge message messages meter method middle minimum minus minute
mobile mode model modify modules money month more most mouse move music mute name names navigation network new news
next night none normal note notes notification notifications number object off office offline online open option
options order orders organization other output owner package page pages paid paper parent part password past paste
pause pay payment people percent permission permissions person phone photo photos pin place plan play player please
plus points policy popular port portfolio position post posts preference preferences preview previous price prices
print priority privacy private prize proceed process product products profile profit program progress project projects
property provider public publish purchase push quantity query question quick quit random range rate rating read reader
ready rebuild receipt receive recent record records recover redo reduce refresh refund register registration reject
related release reload remind remote remove rename repeat replace reply report reports repository request require
required reserve reset resize resolve resource restart restore result results resume retry return revert review revoke
right role roles room rotate row rows rule run sale sales same sample save saved scale scan schedule school score
screen script scroll search second section security see select selected selection send sender series server service
services session set setting settings share shared sheet ship shipping shop show sign signature simple single site
size skip small smart sort source spare speed split stage standard star start state statement station statistics
status step stock stop store story street strong style subject submit subscribe subscription success suggest summary
support suspend switch system tab table tag tags target task tasks tax team template test tests text theme thread tick
ticket time timer title today toggle token tool tools top topic total track trail train transfer translate trash
travel tree trial trigger trust type unarchive unassign unblock under undo unfollow ungroup uninstall unit units
unlike unload unlock unmute unpin unpublish unread unselect unsubscribe up update updated updates upgrade upload
uploads url usage use used user username users value values vendor verify version video view views visible visit
volume vote wait watch web website week weight white whole width window wishlist word work workspace write year yes
zoom
"""
WORDS = frozenset(_WORDS.split())
"""Words of interfaces, each spelled right: none of them is ever a slip of the pen for another."""

UNSAID = (
    "ない",
    "不",
    "未",
    "非",
    "取消",
    "取り消",
    "キャンセル",
    "中止",
    "別",
    "别",
    "勿",
    "免",
    "無",
    "无",
    "ไม่",
    "ยกเลิก",
    "안",
    "취소",
    "않",
    "해제",
    "解除",
)
"""Parts of words, in scripts without spaces, that turn a name into its opposite or another one: 保存しない."""
SAID_BEFORE = ("お", "ご", "请", "請", "点击", "點擊", "กรุณา")
SAID_AFTER = ("してください", "します", "する", "ボタン", "按钮", "按鈕", "一下", "합니다", "하세요", "하기", "버튼")
"""What politeness and grammar put around a word without making another name of it."""

_SYMBOLS = {
    "×✕✖✗❌⨯": ("close", "x"), "+＋➕": ("plus", "add"), "-−–➖": ("minus",), "⚙🛠": ("settings", "gear"),
    "↻⟳🔄↺": ("refresh", "reload"), "🔍🔎": ("search", "magnifier"), "☰≡": ("menu",), "⋮⋯…": ("more",),
    "✎✏🖉🖊": ("edit", "pencil"), "🗑": ("delete", "trash"), "🏠⌂": ("home",), "🔔": ("notifications", "bell"),
    "⬇⤓": ("download",), "⬆⤒": ("upload",), "🖨": ("print",), "📎": ("attach", "paperclip"),
    "👤": ("account", "profile"), "🛒": ("cart",), "★☆⭐": ("star", "favorite"), "←⬅": ("back",), "→➡": ("next",),
    "‹«❮◀": ("previous",), "›»❯": ("next",), "▶": ("play",), "⏸": ("pause",), "?": ("help",), "ℹ🛈": ("information",),
}  # fmt: skip
SYMBOLS = MappingProxyType({symbol: words for symbols, words in _SYMBOLS.items() for symbol in symbols})
"""What people call a control that shows nothing but a symbol."""


def of_symbol(name: str) -> tuple[str, ...]:
    """What a name of one symbol is called; nothing for other names."""
    return SYMBOLS.get(name.strip().removesuffix("\ufe0f"), ()) if len(name) <= 4 else ()


CONFUSABLE = str.maketrans(
    "асеорхуѕіјһԁԛԝёАВЕКМНОРСТХУІЈЅ" + "αορνικτυεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ıɑɡℓ",
    "aceopxysijhdqweABEKMHOPCTXYIJS" + "aopviktueABEZHIKMNOPTYX" + "iagl",
)
"""Letters of other scripts that look like Latin ones (Unicode TR 39, the few that pass for them in any font)."""
