import { BlockList, isIP } from "node:net";

/** An event pattern that EventBridge would refuse. */
export class InvalidPattern extends Error {}

/** The limit of every account; AWS raises it on request. */
export const LONGEST_PATTERN = 2048;

/** Says whether an event matches. */
export type Matcher = (event: unknown) => boolean;

/**
 * EventBridge's event patterns.
 *
 * A pattern's fields must all match; a field's list matches if one of its entries does; an array in the event matches if
 * one of its elements does. As in EventBridge, an array of objects is consistent: the fields named together must be met
 * by one and the same element.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws InvalidPattern
 */
export function parsePattern(text: string): Matcher {
  if (text.length > LONGEST_PATTERN) throw new InvalidPattern(`Event pattern is over ${LONGEST_PATTERN} characters`);
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw new InvalidPattern("Event pattern is not valid. Reason: not JSON");
  }
  if (!isObject(pattern)) throw new InvalidPattern("Event pattern is not valid. Reason: Filter is not an object");
  if (Object.keys(pattern).length === 0) throw new InvalidPattern("Event pattern is not valid. Reason: Empty pattern");
  return fields(pattern);
}

type Json = Readonly<Record<string, unknown>>;
/** A test of a field's value; `ABSENT` where the event has no such field. */
type Test = (value: unknown) => boolean;

const ABSENT = Symbol("absent");

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fields(pattern: Json): Matcher {
  const tests = Object.entries(pattern).map(([name, expected]): Matcher => {
    if (name === "$or") return alternatives(expected);
    const test = field(expected, name);
    return (event) => test(isObject(event) && Object.hasOwn(event, name) ? event[name] : ABSENT);
  });
  return (event) => tests.every((test) => test(event));
}

function alternatives(expected: unknown): Matcher {
  if (!Array.isArray(expected) || expected.length === 0) {
    throw new InvalidPattern('Event pattern is not valid. Reason: "$or" must be a list of patterns');
  }
  const each = expected.map((pattern) => {
    if (!isObject(pattern)) throw new InvalidPattern('Event pattern is not valid. Reason: "$or" must list objects');
    return fields(pattern);
  });
  return (event) => each.some((matches) => matches(event));
}

function field(expected: unknown, name: string): Test {
  if (isObject(expected)) {
    if (Object.keys(expected).length === 0) {
      throw new InvalidPattern(`Event pattern is not valid. Reason: Empty objects are not allowed at ${name}`);
    }
    const nested = fields(expected);
    return (value) => (Array.isArray(value) ? value.flat(Infinity).some((one) => nested(one)) : nested(value));
  }
  if (!Array.isArray(expected)) {
    throw new InvalidPattern(`Event pattern is not valid. Reason: "${name}" must be an object or an array`);
  }
  if (expected.length === 0) {
    throw new InvalidPattern(`Event pattern is not valid. Reason: Empty arrays are not allowed at ${name}`);
  }
  const tests = expected.map((one: unknown) => entry(one, name));
  return (value) => tests.some((test) => test(value));
}

/** One entry of a field's list. */
function entry(expected: unknown, name: string): Test {
  if (!isObject(expected)) return leaves((value) => value === expected);
  const [[operator, operand] = ["", undefined], ...more] = Object.entries(expected);
  const make = OPERATORS[operator];
  if (!make || more.length > 0) {
    throw new InvalidPattern(`Event pattern is not valid. Reason: Unrecognized match type ${operator} at ${name}`);
  }
  return make(operand, () => {
    throw new InvalidPattern(
      `Event pattern is not valid. Reason: ${operator} at ${name} must not be ${JSON.stringify(operand)}`,
    );
  });
}

/** A value's leaves: itself or, of an array, its elements; objects are none. */
function leavesOf(value: unknown): unknown[] {
  return [value].flat(Infinity).filter((one) => one !== ABSENT && !isObject(one));
}

/** A test that one leaf at least has to pass. */
function leaves(test: (value: unknown) => boolean): Test {
  return (value) => leavesOf(value).some(test);
}

const ofText = (test: (text: string) => boolean): Test => leaves((value) => typeof value === "string" && test(value));

type Operator = (operand: unknown, refuse: () => never) => Test;

const text = (operand: unknown, refuse: () => never): string => (typeof operand === "string" ? operand : refuse());

const isCaseless = (operand: unknown): operand is { "equals-ignore-case": string } =>
  isObject(operand) && typeof operand["equals-ignore-case"] === "string";

/** `prefix` and `suffix` take a text, or one to compare without regard to case. */
const atEnd =
  (compare: (value: string, end: string) => boolean): Operator =>
  (operand, refuse) => {
    if (isCaseless(operand)) {
      const end = operand["equals-ignore-case"].toLowerCase();
      return ofText((value) => compare(value.toLowerCase(), end));
    }
    const end = text(operand, refuse);
    return ofText((value) => compare(value, end));
  };

const OPERATORS: Readonly<Record<string, Operator>> = {
  exists: (operand, refuse) => {
    if (typeof operand !== "boolean") return refuse();
    // Only leaves exist: a field that holds an object, or an empty array, does not.
    return (value) => leavesOf(value).length > 0 === operand;
  },
  prefix: atEnd((value, end) => value.startsWith(end)),
  suffix: atEnd((value, end) => value.endsWith(end)),
  "equals-ignore-case": (operand, refuse) => {
    const wanted = text(operand, refuse).toLowerCase();
    return ofText((value) => value.toLowerCase() === wanted);
  },
  wildcard: (operand, refuse) => {
    const wanted = wildcard(text(operand, refuse), refuse);
    return ofText((value) => wanted.test(value));
  },
  cidr: (operand, refuse) => {
    const network = cidr(text(operand, refuse), refuse);
    return ofText((value) => isIP(value) !== 0 && network.check(value, isIP(value) === 4 ? "ipv4" : "ipv6"));
  },
  numeric: (operand, refuse) => {
    const inRange = numeric(operand, refuse);
    return leaves((value) => typeof value === "number" && inRange(value));
  },
  "anything-but": (operand, refuse) => {
    const unwanted = excluded(operand, refuse);
    // Of an array, one element that is something else is enough.
    return leaves((value) => !unwanted(value));
  },
};

function excluded(operand: unknown, refuse: () => never): Test {
  if (isObject(operand)) {
    const [[operator, inner] = ["", undefined], ...more] = Object.entries(operand);
    const make = ["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator) && OPERATORS[operator];
    if (!make || more.length > 0) return refuse();
    const tests = [inner].flat().map((one: unknown) => make(one, refuse));
    return tests.length === 0 ? refuse() : (value) => tests.some((test) => test(value));
  }
  const values = [operand].flat();
  if (values.length === 0 || values.some((value) => typeof value !== "string" && typeof value !== "number")) {
    return refuse();
  }
  return leaves((value) => values.includes(value));
}

/** `*` stands for any text; a backslash takes the special meaning of the character after it. */
function wildcard(pattern: string, refuse: () => never): RegExp {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(pattern)) refuse();
  const source = [...pattern.matchAll(/\\([*\\])|\*|[^*\\]+/g)].map(([part, escaped]) => {
    if (part === "*") return "[^]*";
    return (escaped ?? part).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`);
}

function cidr(block: string, refuse: () => never): BlockList {
  const [address = "", bits = ""] = block.split("/");
  const version = isIP(address);
  const length = Number(bits);
  if (version === 0 || !/^\d+$/.test(bits) || length > (version === 4 ? 32 : 128)) refuse();
  const network = new BlockList();
  network.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
  return network;
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function numeric(operand: unknown, refuse: () => never): (value: number) => boolean {
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) return refuse();
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const [operator, bound] = [operand[i], operand[i + 1]] as [unknown, unknown];
    const compare = typeof operator === "string" ? COMPARE[operator] : undefined;
    if (!compare || typeof bound !== "number") return refuse();
    tests.push((value) => compare(value, bound));
  }
  return (value) => tests.every((test) => test(value));
}
