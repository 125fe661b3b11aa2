"""Spells numbers by CLDR's rule-based number formats (RBNF), as `cldr-rbnf` ships them.

`Speller(rules, plurals).spell("%spellout-cardinal", 352)` follows the rule sets of one language; a rule set that hands a number to a
pattern of digits (`=#,##0=`) has no words for it and raises [`NoWords`]. Soft hyphens and zero-width spaces of the rules, which stand
where a word may be broken, are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"\$\((?P<plural>.*?)\)\$|(?P<open>\[)|(?P<close>\])|→→→|→(?P<right>[^→]*)→|←(?P<left>[^←]*)←|=(?P<same>[^=]*)=")


class NoWords(Exception):
    """The rules write this number in digits, or not at all."""


@dataclass
class Rule:
    base: int
    divisor: int
    parts: list  # of str or (kind, argument)

    @property
    def has_remainder(self) -> bool:
        return any(isinstance(p, tuple) and p[0] in {"right", "right3"} for p in self.parts)


def parse_parts(text: str) -> list:
    parts, at = [], 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        at = match.end()
        if match["plural"] is not None:
            kind, _, forms = match["plural"].partition(",")
            parts.append(("plural", (kind, dict(re.findall(r"(\w+)\{(.*?)\}", forms)))))
        elif match[0] == "→→→":
            parts.append(("right3", ""))
        elif match["right"] is not None:
            parts.append(("right", match["right"]))
        elif match["left"] is not None:
            parts.append(("left", match["left"]))
        else:
            parts.append(("same", match["same"]))
    if at < len(text):
        parts.append(text[at:])
    return parts


def parse_rules(descriptor: str, text: str) -> list[Rule]:
    """The one or two rules that a line stands for: a bracket makes one without it for even multiples."""
    match = re.fullmatch(r"(\d+)(?:/(\d+))?(>*)", descriptor.replace(",", ""))
    base, radix = int(match[1]), int(match[2] or 10)
    exponent = 0
    if base >= 1:
        while radix ** (exponent + 1) <= base:
            exponent += 1
    exponent -= len(match[3])
    divisor = radix ** max(exponent, 0)
    text = text.removesuffix(";").removeprefix("'")
    bracket = re.fullmatch(r"(.*?)\[(.*)\](.*)", text, re.DOTALL)
    if not bracket:
        return [Rule(base, divisor, parse_parts(text))]
    before, inside, after = bracket.groups()
    inside, _, otherwise = inside.partition("|")
    full = Rule(base, divisor, parse_parts(before + inside + after))
    if base > 0 and base % divisor == 0:
        full.base += 1
        return [Rule(base, divisor, parse_parts(before + otherwise + after)), full]
    return [full]


class Speller:
    """The rule sets of one language."""

    def __init__(self, data: dict, plurals: dict[str, str] | None = None):
        self.sets: dict[str, list[Rule]] = {}
        self.special: dict[str, dict[str, str]] = {}
        self.plurals = {kind: compile_plural(rule) for kind, rule in (plurals or {}).items()}
        for name, rows in data.items():
            if not isinstance(rows, list) or name == "%%lenient-parse":
                continue
            rules: list[Rule] = []
            special = {}
            for descriptor, text in rows:
                if re.match(r"\d", descriptor) and "." not in descriptor.replace(",", ""):
                    rules += parse_rules(descriptor, text)
                else:
                    special[descriptor] = text
            self.sets[name], self.special[name] = rules, special

    def public(self) -> list[str]:
        return [name for name in self.sets if not name.startswith("%%")]

    def spell(self, name: str, number: int) -> str:
        return self._set(name, number, 0)

    def _set(self, name: str, number: int, depth: int) -> str:
        rules = self.sets.get(name)
        if not rules or depth > 60:
            raise NoWords(name)
        low, high = 0, len(rules)
        while low < high:
            middle = (low + high) // 2
            if rules[middle].base <= number:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            raise NoWords(name)
        rule, index = rules[low - 1], low - 1
        if rule.has_remainder and number % rule.divisor == 0 and rule.base % rule.divisor != 0:
            if index == 0:
                raise NoWords(name)
            index -= 1
            rule = rules[index]
        return self._rule(name, rules, index, number, depth)

    def _rule(self, name: str, rules: list[Rule], index: int, number: int, depth: int) -> str:
        rule, out = rules[index], []
        for part in rule.parts:
            if isinstance(part, str):
                out.append(part)
                continue
            kind, argument = part
            if kind == "plural":
                select, forms = argument
                category = self.plurals[select](number // rule.divisor) if select in self.plurals else "other"
                out.append(forms.get(category, forms.get("other", "")))
                continue
            if argument and not argument.startswith("%"):
                raise NoWords(name)
            if kind == "right3":
                if index == 0:
                    raise NoWords(name)
                out.append(self._rule(name, rules, index - 1, number % rule.divisor, depth + 1))
                continue
            value = {"left": number // rule.divisor, "right": number % rule.divisor, "same": number}[kind]
            out.append(self._set(argument or name, value, depth + 1))
        return "".join(out)


def compile_plural(conditions: dict[str, str]):
    """A function from whole numbers to plural categories, by CLDR's rules `pluralRule-count-few` → condition."""

    def holds(condition: str, n: int) -> bool:
        condition = condition.partition("@")[0].strip()
        if not condition:
            return True

        def relation(text: str) -> bool:
            match = re.fullmatch(r"([nivwftce])(?:\s*%\s*(\d+))?\s*(!?=)\s*(.+)", text.strip())
            variable = n if match[1] in "ni" else 0
            if match[2]:
                variable %= int(match[2])
            found = False
            for piece in match[4].split(","):
                first, _, last = piece.strip().partition("..")
                found = found or int(first) <= variable <= int(last or first)
            return found == (match[3] == "=")

        return any(all(relation(r) for r in part.split(" and ")) for part in condition.split(" or "))

    def category(n: int) -> str:
        for key, condition in conditions.items():
            name = key.rpartition("-")[2]
            if name != "other" and holds(condition, n):
                return name
        return "other"

    return category
