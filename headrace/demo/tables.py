"""What the demo shows: features and dead letters as tables for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from headrace.demo.comments import Comment
from headrace.demo.dead_letters import DeadLetter

Rows = Mapping[str, Mapping[str, str]]
COLOURS = {"positive": "green", "negative": "red", "neutral": "yellow"}


def show_features(console: Console, rows: Rows, comments: Mapping[str, Comment]) -> None:
    """A few rows of each feature table, the most telling ones first."""
    _comments(console, rows, comments)
    _items(console, rows)
    _users(console, rows)
    _sessions(console, rows)


def _of(rows: Rows, table: str) -> list[Mapping[str, str]]:
    return [fields for key, fields in rows.items() if key.startswith(f"{table}:")]


def _table(console: Console, title: str, *columns: str) -> Table:
    console.print(f"[bold]{title}[/bold]")
    table = Table(header_style="dim", box=None, pad_edge=False)
    for column in columns:
        numeric = column in {"score", "comments", "mean", "negative", "volatility", "letters", "seconds"}
        table.add_column(column, justify="right" if numeric else "left", no_wrap=True, overflow="ellipsis")
    return table


def _comments(console: Console, rows: Rows, comments: Mapping[str, Comment]) -> None:
    table = _table(console, "comment_sentiment: each comment", "content", "label", "score", "version", "status")
    ordered = sorted(_of(rows, "comment_sentiment"), key=lambda row: float(row["score"]))
    good = [row for row in ordered if row["status"] == "ok" and len(comments[row["comment_id"]].content) < 36]
    bad = [row for row in ordered if row["status"] != "ok"]
    for row in (*good[-3:][::-1], *good[:3], *bad[:2]):
        content = _short(repr(comments[row["comment_id"]].content)[1:-1], 40)
        table.add_row(content, _label(row["label"]), f"{float(row['score']):.3f}", row["model_version"], row["status"])
    console.print(table, "")


def _items(console: Console, rows: Rows) -> None:
    table = _table(
        console,
        "item_sentiment: an item's last minute with comments",
        "item",
        "window",
        "comments",
        "mean",
        "negative",
        "",
    )
    for row in sorted(_of(rows, "item_sentiment"), key=lambda row: -int(row["comments"]))[:8]:
        window = f"{row['window_start'][11:16]}–{row['window_end'][11:16]}"
        share = float(row["negative_share"])
        table.add_row(
            row["item_id"], window, row["comments"], f"{float(row['mean_score']):.3f}", f"{share:.0%}", _bar(share)
        )
    console.print(table, "")


def _users(console: Console, rows: Rows) -> None:
    table = _table(
        console,
        "user_emotion: a user's last 5 minutes, the most volatile",
        "user",
        "at",
        "comments",
        "mean",
        "volatility",
        "",
    )
    for row in sorted(_of(rows, "user_emotion"), key=lambda row: -float(row["volatility"]))[:6]:
        volatility = float(row["volatility"])
        at = row["event_time"][11:19]
        table.add_row(
            row["user_id"],
            at,
            row["comments"],
            f"{float(row['mean_score']):.3f}",
            f"{volatility:.3f}",
            _bar(volatility * 2),
        )
    console.print(table, "")


def _sessions(console: Console, rows: Rows) -> None:
    table = _table(
        console,
        "user_session_emotion: a user's last session, the longest",
        "user",
        "session",
        "comments",
        "mean",
        "volatility",
    )
    for row in sorted(_of(rows, "user_session_emotion"), key=lambda row: -int(row["comments"]))[:6]:
        session = f"{row['session_start'][11:19]}–{row['session_end'][11:19]}"
        table.add_row(
            row["user_id"],
            session,
            row["comments"],
            f"{float(row['mean_score']):.3f}",
            f"{float(row['volatility']):.3f}",
        )
    console.print(table, "")


def show_dead_letters(console: Console, letters: list[DeadLetter]) -> None:
    """What became of the bad ones: how many for each reason, with an example."""
    table = _table(
        console, "comments_dead_letters: what could not be used, kept as it came", "reason", "letters", "example"
    )
    by_reason: dict[str, list[DeadLetter]] = defaultdict(list)
    for letter in letters:
        by_reason[letter.reason].append(letter)
    for reason, ones in sorted(by_reason.items(), key=lambda reason: -len(reason[1])):
        payload = ones[0].payload
        example = "NULL" if payload is None else payload.decode(errors="backslashreplace")
        table.add_row(reason, str(len(ones)), _short(example, 96))
    console.print(table, "")


def _label(label: str) -> str:
    return f"[{COLOURS[label]}]{label}[/]" if label in COLOURS else label


def _bar(share: float, width: int = 20) -> str:
    return "█" * round(min(share, 1.0) * width)


def _short(text: str, length: int) -> str:
    line = " ".join(text.split()).replace("[", "\\[")
    return line if len(line) <= length else line[: length - 1] + "…"
