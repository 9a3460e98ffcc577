import { didYouMean } from "../../constructs/inputs/nearest";
import { type MakeCommand, command } from "../program/command";
import { NotUnderstood } from "../program/exit";
import { writable, write } from "../program/files";
import { table } from "../program/terminal";
import type { World } from "../program/world";
import { coveredBy, matrixOf } from "./matrix";
import { type Access, type Grant, type Own, type Permission, type Persona, type Unplaced, identity } from "./model";
import { Grants, covers, permits, target } from "./scopes";
import { SOURCE_HELP, readAccess } from "./sources";
import { svgOf } from "./svg";
import { beside, drawn, sentences } from "./words";

interface Options {
  readonly json?: boolean;
  readonly svg?: string;
}

/** `access matrix`: who reaches which prefix. */
export const matrix: MakeCommand = (world) =>
  command({
    usage: "matrix [source]",
    summary: "say who may read and write which prefix, and what of it is private, opened, or written by several",
    details: `private    granted to one persona alone, and to nobody by a broader grant
opened     granted to one persona by name, and a broader grant lets others in
shared     granted to several by name
may write  so many write: none of them can be sure of what is in it
group      granted to a group of the directory, whoever is in it
covered    a grant that adds nothing to another one of the same persona
(READ)     in brackets: by a broader grant

${SOURCE_HELP}`,
    examples: ["access matrix prod", "access matrix plan.json --svg matrix.svg"],
  })
    .option("--svg <file>", "write it as a picture, too", writable)
    .action(async (source: string | undefined, { json, svg }: Options) => {
      const access = await readAccess(source, world);
      const all = matrixOf(access);
      if (svg !== undefined) {
        write(svg, svgOf(all, access.own));
        world.note(`${svg}: ${all.rows.length} prefixes, ${all.personas.length} personas`);
      }
      if (json) return world.print(JSON.stringify({ ...all, ...rest(access) }, undefined, 2));
      world.print(drawn(all, world));
      const notes = sentences(all);
      if (notes.length > 0) world.print(`\n${notes.join("\n")}`);
      if (all.idle.length > 0) world.print(`\nGranted nothing: ${all.idle.map(({ name }) => name).join(", ")}`);
      beside(access, world).forEach(world.print);
    });

const asFarAsKnown = ({ unplaced }: Pick<Access, "unplaced">): string => (unplaced.length > 0 ? " that is known" : "");
const rest = ({ unplaced, own, unknown }: Pick<Access, "unplaced" | "own" | "unknown">): object => ({
  unplaced,
  own,
  unknown,
});

/** A grant that reaches a target, in the order in which S3 Access Grants considers them. */
export interface Reaching {
  readonly grant: Grant;
  /** Requests for the target that GetDataAccess answers with this grant; none where narrower grants answer all of them. */
  readonly answers: readonly Permission[];
}

const PERMISSIONS: readonly Permission[] = ["READ", "WRITE", "READWRITE"];

/** Who may do what with all of a target, and by which grant. */
export function whoReaches(grants: readonly Grant[], wanted: string): Reaching[] {
  const covering = new Grants(grants).covering(wanted);
  return covering.map((grant) => ({
    grant,
    answers: PERMISSIONS.filter(
      (permission) =>
        grant ===
        covering.find(
          (one) => identity(one.persona) === identity(grant.persona) && permits(one.permission, permission),
        ),
    ),
  }));
}

const bucketOf = (scope: string): string => /^s3:\/\/([^/*]*)/.exec(scope)?.[1] ?? "";

/** @throws Error where the bucket is one of which nothing is known: "nobody" would be a false answer to a misspelt name */
function checkBucket(wanted: string, { grants, own, unplaced }: Access): void {
  const known = new Set([...grants, ...own].map(({ scope }) => bucketOf(scope)));
  const bucket = bucketOf(wanted);
  if (known.size === 0 || unplaced.length > 0 || known.has("") || known.has(bucket)) return;
  throw new NotUnderstood(
    `Nothing is known of the bucket ${bucket}: grants and roles here are about ${[...known].sort().join(", ")}.${didYouMean(bucket, known)}`,
  );
}

/** `access who`: who reaches an object or a prefix. */
export const who: MakeCommand = (world) =>
  command({
    usage: "who <uri> [source]",
    summary: "say who may read or write an object or a prefix, and which grant says so",
    details: `Matched as S3 Access Grants does: a grant on UserA/* is not one on the object UserA, and UserA* reaches UserAdmin/ too.
Where several grants of one persona reach it, the narrowest answers, and the others are told as well.

${SOURCE_HELP}`,
    examples: ["access who s3://bucket/UserA/data.csv", "access who s3://bucket/UserA/* plan.json"],
  }).action(async (uri: string, source: string | undefined, { json }: Options) => {
    const wanted = target(uri);
    const access = await readAccess(source, world);
    checkBucket(wanted, access);
    const reaching = whoReaches(access.grants, wanted);
    const isPrefix = wanted.endsWith("*");
    const parts = isPrefix ? access.grants.filter(({ scope }) => scope !== wanted && covers(wanted, scope)) : [];
    const own = access.own.filter(({ scope }) => covers(scope, wanted) || (isPrefix && covers(wanted, scope)));
    if (json) {
      const plain = reaching.map(({ grant, answers }) => ({ ...grant, answers }));
      return world.print(
        JSON.stringify({ target: wanted, grants: plain, parts, ...rest({ ...access, own }) }, undefined, 2),
      );
    }
    const rows = reaching.map(({ grant, answers }) => [
      ...row(grant),
      answers.length > 0 ? "" : "a narrower one answers",
    ]);
    if (rows.length === 0)
      world.print(`Nobody${asFarAsKnown(access)} is granted ${isPrefix ? "all of " : ""}${wanted}.`);
    else world.print(table(world, ["persona", "may", "grant on", "location", "grant", ""], rows));
    if (parts.length > 0) {
      world.print(
        `\nParts of it:\n${table(
          world,
          [],
          parts.map((grant) => row(grant).map((cell, i) => (i === 0 ? `  ${cell}` : cell))),
        )}`,
      );
    }
    const groups = reaching.filter(({ grant }) => grant.persona.type === "DIRECTORY_GROUP");
    if (groups.length > 0) world.print("\nA directory group is everyone who is in it.");
    beside({ ...access, own }, world).forEach(world.print);
  });

const row = ({ persona, permission, scope, location, id, application }: Grant): string[] => [
  persona.type === "DIRECTORY_GROUP" ? `${persona.name} (group)` : persona.name,
  permission,
  scope,
  location,
  application === undefined ? id : `${id} (by ${application} only)`,
];

/** What one persona may do. */
export interface Reached {
  readonly persona: Persona;
  readonly grants: readonly (Grant & { readonly coveredBy?: string; readonly alsoReachedBy: readonly string[] })[];
  readonly own: readonly Own[];
  readonly unplaced: readonly Unplaced[];
  /** Grants to directory groups, in which the persona may or may not be. */
  readonly groups: readonly Grant[];
}

/**
 * What a persona may do, and by which grants.
 *
 * @param named the persona's name, its role's name or ARN, or its id in the directory
 * @throws Error where nobody is called so, or several are
 */
export function whatIsReached({ source, personas, grants, own, unplaced }: Access, named: string): Reached {
  const isNamed = ({ name, id = "" }: Persona): boolean =>
    name === named ||
    name.split(", ").includes(named) ||
    id === named ||
    (id.startsWith("arn:") && id.endsWith(`/${named}`));
  const [persona, ...others] = new Map(personas.filter(isNamed).map((one) => [identity(one), one])).values();
  if (!persona) {
    const known = [...new Set(personas.map(({ name }) => name))].sort();
    throw new NotUnderstood(
      `Who is ${named}? Known to ${source} are: ${known.join(", ") || "nobody"}.${didYouMean(named, known)}`,
    );
  }
  if (others.length > 0) {
    const all = [persona, ...others].map(({ id, at }) => id ?? at).join(", ");
    throw new NotUnderstood(
      `Who is ${named}? There are ${others.length + 1}: ${all}. Give an ARN or, of a plan, <file>#<module>`,
    );
  }
  const isTheirs = ({ persona: one }: Pick<Grant, "persona">): boolean => identity(one) === identity(persona);
  const index = new Grants(grants);
  return {
    persona,
    grants: grants
      .filter(isTheirs)
      .map((grant) => {
        const covering = index.covering(grant.scope);
        const by = coveredBy(grant, covering.filter(isTheirs));
        const others = covering.filter((one) => !isTheirs(one)).map((one) => one.persona.name);
        return { ...grant, ...(by && { coveredBy: by.id }), alsoReachedBy: [...new Set(others)].sort() };
      })
      .sort((a, b) => (a.scope < b.scope ? -1 : 1)),
    own: own.filter(({ who }) => who === persona.name),
    unplaced: unplaced.filter(isTheirs),
    groups:
      persona.type === "DIRECTORY_GROUP" ? [] : grants.filter(({ persona }) => persona.type === "DIRECTORY_GROUP"),
  };
}

/** `access what`: what a persona reaches. */
export const what: MakeCommand = (world: World) =>
  command({
    usage: "what <persona> [source]",
    summary: "say what a persona may read and write, and which grants say so",
    details: `A persona is the name of a user profile in Studio, the name or ARN of a role, or the id of a directory's user or group.

${SOURCE_HELP}`,
    examples: ["access what userB", "access what userB prod"],
  }).action(async (named: string, source: string | undefined, { json }: Options) => {
    const access = await readAccess(source, world);
    const reached = whatIsReached(access, named);
    const { unplaced } = reached;
    if (json) return world.print(JSON.stringify({ ...reached, unknown: access.unknown }, undefined, 2));
    const { persona, grants, own, groups } = reached;
    world.print(`${persona.name} (${persona.type}, ${persona.id ?? "whose id is known after the apply"})`);
    const rows = grants.map((grant) => [
      ...row(grant).slice(1),
      grant.coveredBy
        ? `adds nothing to ${grant.coveredBy}`
        : grant.alsoReachedBy.length > 0
          ? `with ${grant.alsoReachedBy.join(", ")}`
          : persona.type === "DIRECTORY_GROUP"
            ? "whoever is in it"
            : "private",
    ]);
    world.print(
      rows.length === 0
        ? `Is granted nothing${asFarAsKnown(reached)}.`
        : table(world, ["may", "grant on", "location", "grant", ""], rows),
    );
    if (groups.length > 0) {
      const lines = groups.map((grant) => row(grant).map((cell, i) => (i === 0 ? `  ${cell}` : cell)));
      world.print(`\nIf in the directory group:\n${table(world, [], lines)}`);
    }
    beside({ ...access, own, unplaced }, world).forEach(world.print);
  });
