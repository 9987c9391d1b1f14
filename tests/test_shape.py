"""The shape of the tree, read from its syntax: what a rule of the house says, a test keeps."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/amends"
TESTS = ROOT / "tests"
MODULES = {
    path.relative_to(PACKAGE): ast.parse(path.read_text())
    for path in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in path.parts
}
WAYS_IN = ("desk", "portal", "api")
WRITES = {"save", "create", "delete", "update", "get_or_create", "update_or_create"}
# The API remembers what it answered and how often it was asked: rows that are nobody else's.
ROWS_OF_ITS_OWN = {Path("api/idempotency.py"), Path("api/limits.py")}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
LONGEST_IN_RECOVERY = 30
NO_NAMES = set(
    [
        "ticket",
        "case",
        "agent",
        "queue",
        "item",
        "object",
        "data",
        "service",
        "handler",
        "helper",
        "util",
        "utils",
        "helpers",
        "common",
        "base",
        "core",
        "misc",
        "process",
        "manager",
        "services",
        "handlers",
    ]
)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def draws(call: ast.Call) -> bool:
    """A picture is saved into memory as a kind of file: `code.save(drawn, kind="svg")`."""
    return any(word.arg == "kind" for word in call.keywords)


def test_ways_in_contain_no_writes():
    found = [
        f"{path}:{call.lineno} {called(call)}()"
        for path, tree in MODULES.items()
        if (path.parts[0] in WAYS_IN or path.name == "views.py") and path not in ROWS_OF_ITS_OWN
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and (called(call) in WRITES or called(call).startswith("bulk_"))
        and not draws(call)
    ]
    assert found == []


def test_every_module_with_functions_has_its_mirror():
    missing = [
        str(path)
        for path, tree in MODULES.items()
        if functions(tree) and not any(mirror.exists() for mirror in mirrors(path))
    ]
    assert missing == []


def mirrors(path: Path) -> list[Path]:
    """`recovery/apology.py` is mirrored by `tests/recovery/test_apology.py`, a package by the
    file of its name or by its folder."""
    if path.name != "__init__.py":
        return [TESTS / path.parent / f"test_{path.name}"]
    folder = path.parent
    return [
        TESTS / folder.parent / f"test_{folder.name}.py",
        TESTS / folder / f"test_{folder.name}.py",
    ]


def test_relations_name_a_class():
    """A name in quotes is invisible to the check of who may know whom."""
    found = [
        f"{path}:{call.lineno} {target.value!r}"
        for path, tree in MODULES.items()
        for call in calls(tree)
        if called(call) in RELATIONS
        for target in [*call.args[:1], *(word.value for word in call.keywords if word.arg == "to")]
        if isinstance(target, ast.Constant) and target.value != "self"
    ]
    assert found == []


def test_every_module_says_what_it_is():
    silent = [
        str(path)
        for path, tree in MODULES.items()
        if tree.body and path.name != "apps.py" and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_functions_of_recovery_fit_on_a_screen():
    """Counted from the first line of the body: naming every argument is no length."""
    long = [
        f"{path}:{function.lineno} {function.name} ({lines} lines)"
        for path, tree in MODULES.items()
        if path.parts[0] == "recovery"
        for function in functions(tree)
        if (lines := (function.end_lineno or 0) - function.body[0].lineno + 1) > LONGEST_IN_RECOVERY
    ]
    assert long == []


def test_nobody_listens_to_signals():
    found = [
        str(path)
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith((".signals", "django.dispatch"))
        and not (node.module or "").startswith("amends.")
    ]
    assert found == []


def test_modules_are_named_in_the_words_of_the_glossary():
    found = [str(path) for path in MODULES if NO_NAMES & set(path.stem.split("_"))]
    assert found == []


# Who may speak to the world over HTTP: to ourselves, to the two providers of mailboxes, and to what
# one of us typed or said yes to, never to what stands in a letter.
SPEAKS_HTTP = {Path("config/serve.py"), Path("mailroom/oauth.py"), Path("kit/outside.py")}
HTTP = ("http.client", "urllib.request", "requests", "httpx", "urllib3", "aiohttp", "niquests")


def imported(tree: ast.AST) -> set[str]:
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    whole = {n.module or "" for n in names if isinstance(n, ast.ImportFrom)}
    return whole | {alias.name for n in names if isinstance(n, ast.Import) for alias in n.names}


def test_ghsa_6w8v_qp43_vg2h_no_address_that_an_outsider_wrote_is_fetched_by_us():
    """Guarantee 10: pictures and links are for the reader's browser; nothing here could fetch them."""
    speaking = {path for path, tree in MODULES.items() if imported(tree) & set(HTTP)}
    assert speaking <= SPEAKS_HTTP


def test_libredesk_18764cb5_nothing_is_pushed_to_many_at_once():
    """What changed is asked for anew by each reader, with their own rights."""
    pushing = ("StreamingHttpResponse", "text/event-stream")
    found = [path for path, tree in MODULES.items() if any(p in ast.dump(tree) for p in pushing)]
    assert found == []
