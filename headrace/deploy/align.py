"""Gives a new plan the ids of the running one, so that a savepoint's state finds its operators.

Flink names operators by their node's id in the plan, and ids follow the order of the statements: with one feature
more, each operator after it has another name, and the savepoint fits none. Here an operator of the new plan gets the id
of the running one that means the same (headrace/deploy/meaning.py), and each other one an id that none ever had.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from headrace.deploy.compiled_plan import CompiledPlan, PlanNode
from headrace.deploy.meaning import Options, state_keys
from headrace.deploy.operators import has_state, in_words


@dataclass(frozen=True, order=True)
class Operator:
    """An operator with state.

    Attributes:
        features: the tables that its rows end in.
        words: what it keeps.
    """

    features: tuple[str, ...]
    words: str

    def __str__(self) -> str:
        return f"{', '.join(self.features)}: {self.words}"


@dataclass(frozen=True)
class Alignment:
    """A plan that can go on with another one's state.

    Attributes:
        plan: the new plan, under the ids of the old one where operators mean the same.
        highest_id: of all plans so far.
        keeps: operators that go on with their state.
        loses: operators of the old plan whose state does not go on for features that stay.
        drops: operators of the old plan that end with their features.
        begins: operators of the new plan without state from before.
        leaves_state: whether state stays behind, of whatever operator; Flink must be told.
    """

    plan: CompiledPlan
    highest_id: int
    keeps: tuple[Operator, ...]
    loses: tuple[Operator, ...]
    drops: tuple[Operator, ...]
    begins: tuple[Operator, ...]
    leaves_state: bool


def align(old: CompiledPlan, old_options: Options, new: CompiledPlan, new_options: Options, highest: int) -> Alignment:
    """Aligns a new plan with an old one.

    Args:
        old: the plan that runs, or ran last.
        old_options: the options of the tables that it names, as they were.
        new: the plan that is to go on with its state.
        new_options: the options of the tables as they are to be.
        highest: the highest id that any plan of this job has had.
    """
    pairs = _pairs(old, state_keys(old, old_options), new, state_keys(new, new_options))
    highest = max(highest, old.highest_id())
    ids = dict(pairs)
    for node in new.nodes:
        if node["id"] not in ids:
            highest += 1
            ids[node["id"]] = highest
    serves = {old_id: new.sinks[new_id] for new_id, old_id in pairs.items()}
    features = {feature for names in new.sinks.values() for feature in names}
    loses, drops = [], []
    for node in old.nodes:
        lost = (old.sinks[node["id"]] - serves.get(node["id"], frozenset())) & features
        if has_state(node) and lost:
            # Another feature that shares the operator may go on with it all the same.
            loses.append(Operator(tuple(sorted(lost)), in_words(old, node)))
        elif has_state(node) and node["id"] not in serves:
            drops.append(node)
    return Alignment(
        plan=new.with_ids(ids),
        highest_id=highest,
        keeps=_operators(new, [node for node in new.nodes if node["id"] in pairs]),
        loses=tuple(loses),
        drops=_operators(old, drops),
        begins=_operators(new, [node for node in new.nodes if node["id"] not in pairs]),
        leaves_state=any(
            node["id"] not in serves and (has_state(node) or "dynamicTableSink" in node) for node in old.nodes
        ),
    )


def unaligned(plan: CompiledPlan, highest: int) -> Alignment:
    """A plan that begins without any state, under ids that no operator had before."""
    ids = {node["id"]: highest + number for number, node in enumerate(plan.nodes, start=1)}
    begins = _operators(plan, plan.nodes)
    return Alignment(plan.with_ids(ids), highest + len(ids), (), (), (), begins, leaves_state=False)


def _pairs(old: CompiledPlan, old_keys: dict[int, str], new: CompiledPlan, new_keys: dict[int, str]) -> dict[int, int]:
    """For each new node that has one the old node that means the same: first those that feed the same features.

    What feeds a feature that stays is not given to others alone; a feature that got another name takes over its state.
    """
    features = {feature for names in new.sinks.values() for feature in names}
    by_key: dict[str, list[int]] = defaultdict(list)
    for node in old.nodes:
        by_key[old_keys[node["id"]]].append(node["id"])
    candidates = []
    for place, node in enumerate(new.nodes):
        for old_place, old_id in enumerate(by_key[new_keys[node["id"]]]):
            ours, theirs = new.sinks[node["id"]], old.sinks[old_id]
            if not ours & theirs and theirs & features:
                continue
            unlike = (len(ours ^ theirs), -len(ours & theirs))
            candidates.append((unlike, place, old_place, node["id"], old_id))
    pairs: dict[int, int] = {}
    for *_, new_id, old_id in sorted(candidates):
        if new_id not in pairs and old_id not in pairs.values():
            pairs[new_id] = old_id
    return pairs


def _operators(plan: CompiledPlan, nodes: list[PlanNode]) -> tuple[Operator, ...]:
    return tuple(
        Operator(tuple(sorted(plan.sinks[node["id"]])), in_words(plan, node)) for node in nodes if has_state(node)
    )
