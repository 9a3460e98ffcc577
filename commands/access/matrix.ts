import { type Access, type Grant, type Permission, type Persona, identity } from "./model";
import { Grants, permits } from "./scopes";

/** What a persona may do with all of a prefix. */
export interface Cell {
  /** READWRITE, or each that is granted by itself. */
  readonly permissions: readonly Permission[];
  /** The grants that say so. */
  readonly by: readonly Grant[];
  /** Whether the prefix was granted by name, not with more around it. */
  readonly direct: boolean;
}

/** What is to be known of a prefix beside who reaches it. */
export type Mark =
  /** One persona alone has it. */
  | { readonly is: "private"; readonly personas: readonly string[] }
  /** It was granted to one persona by name, and a broader grant lets these in too. */
  | { readonly is: "opened"; readonly personas: readonly string[]; readonly by: readonly string[] }
  /** It was granted to these by name. */
  | { readonly is: "shared"; readonly personas: readonly string[] }
  /** Several may write: nobody is sure of what is in it. */
  | { readonly is: "written"; readonly personas: readonly string[] }
  /** Everyone in a directory's group reaches it, whoever that is. */
  | { readonly is: "group"; readonly personas: readonly string[] }
  /** A grant that adds nothing: another of the same persona says as much. */
  | { readonly is: "covered"; readonly personas: readonly string[]; readonly by: readonly string[] };

/** A prefix, and who reaches it. */
export interface Row {
  readonly scope: string;
  /** By persona, in the matrix's order; undefined where nothing is granted. */
  readonly cells: readonly (Cell | undefined)[];
  readonly marks: readonly Mark[];
}

/** Personas × prefixes × permission. */
export interface Matrix {
  readonly source: string;
  readonly personas: readonly Persona[];
  /** Personas that are granted nothing. */
  readonly idle: readonly Persona[];
  readonly rows: readonly Row[];
}

const names = (personas: readonly Persona[]): string[] => [...new Set(personas.map(({ name }) => name))].sort();
const mayWrite = ({ permission }: Grant): boolean => permits(permission, "WRITE");

/** The matrix of all that is granted: each prefix that a grant names, and everyone who reaches all of it. */
export function matrixOf({ source, personas, grants: all, unplaced }: Access): Matrix {
  const grants = new Grants(all);
  const unique = [...new Map(personas.map((persona) => [identity(persona), persona])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const granted = new Set(all.map(({ persona }) => identity(persona)));
  const late = new Set(unplaced.map(({ persona }) => identity(persona)));
  const busy = unique.filter((one) => granted.has(identity(one)));
  const idle = unique.filter((one) => !granted.has(identity(one)) && !late.has(identity(one)));
  return { source, personas: busy, idle, rows: grants.scopes.map((scope) => rowOf(scope, busy, grants)) };
}

function rowOf(scope: string, personas: readonly Persona[], grants: Grants): Row {
  const covering = grants.covering(scope);
  const byPersona = new Map<string, Grant[]>();
  for (const grant of covering) {
    const key = identity(grant.persona);
    byPersona.set(key, [...(byPersona.get(key) ?? []), grant]);
  }
  const cells = personas.map((persona) => {
    const by = byPersona.get(identity(persona));
    return by && { permissions: together(by), by, direct: by.some((grant) => grant.scope === scope) };
  });
  return { scope, cells, marks: marksOf(scope, covering, [...byPersona.values()]) };
}

/** READ and WRITE of two grants are not READWRITE, which is asked for as a whole. */
function together(grants: readonly Grant[]): Permission[] {
  const all = new Set(grants.map(({ permission }) => permission));
  return all.has("READWRITE") ? ["READWRITE"] : [...all].sort();
}

function marksOf(scope: string, covering: readonly Grant[], byPersona: readonly (readonly Grant[])[]): Mark[] {
  const personasOf = (wanted: (grant: Grant) => boolean): string[] =>
    names(covering.filter(wanted).map(({ persona }) => persona));
  const marks: Mark[] = [];
  const direct = covering.filter((grant) => grant.scope === scope);
  const holders = new Set(direct.map(({ persona }) => identity(persona)));
  const owners = names(direct.map(({ persona }) => persona));
  const groups = personasOf(({ persona }) => persona.type === "DIRECTORY_GROUP");
  const broader = covering.filter(({ persona }) => !holders.has(identity(persona)));
  if (holders.size > 1) marks.push({ is: "shared", personas: owners });
  else if (broader.length > 0) {
    const by = broader.map(({ scope }) => scope);
    marks.push({ is: "opened", personas: names(broader.map(({ persona }) => persona)), by: [...new Set(by)].sort() });
  } else if (groups.length === 0) marks.push({ is: "private", personas: owners });
  const writers = new Set(covering.filter(mayWrite).map(({ persona }) => identity(persona)));
  if (writers.size > 1) marks.push({ is: "written", personas: personasOf(mayWrite) });
  if (groups.length > 0) marks.push({ is: "group", personas: groups });
  for (const own of byPersona) {
    const needless = own.filter((grant) => grant.scope === scope).filter((grant) => coveredBy(grant, own));
    const by = needless.map((grant) => coveredBy(grant, own)!.id);
    if (needless.length > 0)
      marks.push({ is: "covered", personas: names(needless.map(({ persona }) => persona)), by: [...new Set(by)] });
  }
  return marks;
}

/** Another grant of the persona that allows all that this one does. Of two that say the same it is the older. */
export function coveredBy(grant: Grant, ofPersona: readonly Grant[]): Grant | undefined {
  const at = ofPersona.indexOf(grant);
  return ofPersona.find((other, i) => {
    if (other === grant || (other.application !== undefined && other.application !== grant.application)) return false;
    const same = other.scope === grant.scope && other.permission === grant.permission;
    return permits(other.permission, grant.permission) && (!same || i < at);
  });
}
