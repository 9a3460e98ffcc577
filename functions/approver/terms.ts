import { attempt } from "./attempt";
import type { Domain } from "./datazone";
import { isNamed } from "./errors";
import { type Fact, all, flatMap, known, map, unknown } from "./facts";
import { type ColumnTerm, isName } from "./forms";
import { MAXIMUM_LOOKUPS, MAXIMUM_TERMS } from "./limits";

const tooMany = (limit: number): Fact<never> => unknown(`there are more than ${limit} glossary terms`);

/** The names of glossary terms, each once; unknown if one has no name. */
export function namesOf(terms: readonly ({ name?: string } | null)[] | undefined | null): Fact<string[]> {
  const names = all((terms ?? []).map((term) => nameIn(term?.name)));
  return flatMap(map(names, unique), (list) => (list.length > MAXIMUM_TERMS ? tooMany(MAXIMUM_TERMS) : known(list)));
}

/** The shape of ids that DataZone generates: 13 to 36 lower-case letters and digits, some of both. */
const GENERATED_ID = /^(?=.*\d)(?=.*[a-z])[a-z0-9]{13,36}$/;

/** Finds the names of the terms on columns, for all assets of a request. Terms that may be ids are looked up, up to a limit. */
export class ColumnTerms {
  private readonly lookedUp = new Set<string>();

  constructor(private readonly domain: Domain) {}

  /** Each name once. */
  async namesOf(terms: Fact<readonly ColumnTerm[]>): Promise<Fact<string[]>> {
    if ("unknown" in terms) return terms;
    const named = unique(terms.value.flatMap((term) => ("name" in term ? [term.name] : [])));
    const doubtful = unique(terms.value.flatMap((term) => ("nameOrId" in term ? [term.nameOrId] : [])));
    const ids = unique(terms.value.flatMap((term) => ("id" in term ? [term.id] : [])));
    if (named.length + doubtful.length + ids.length > MAXIMUM_TERMS) return tooMany(MAXIMUM_TERMS);
    const names = await Promise.all([
      ...named.map(known),
      ...doubtful.map((text) => this.nameOf(text, true)),
      ...ids.map((id) => this.nameOf(id, false)),
    ]);
    return map(all(names), unique);
  }

  /**
   * The name of the term with an id. A text that may be an id or a name (public code has both) is taken for a name if there is no term with
   * such an id, unless it looks like a generated id.
   */
  private async nameOf(id: string, orName: boolean): Promise<Fact<string>> {
    if (orName && !/^[a-zA-Z0-9_-]{1,36}$/.test(id)) return known(id);
    if (this.lookedUp.add(id).size > MAXIMUM_LOOKUPS) return tooMany(MAXIMUM_LOOKUPS);
    const term = await attempt("GetGlossaryTerm", async () => {
      try {
        return (await this.domain.term(id)).name;
      } catch (error) {
        if (orName && isNamed(error, "ResourceNotFoundException") && !GENERATED_ID.test(id)) return id;
        throw error;
      }
    });
    return flatMap(term, nameIn);
  }
}

const nameIn = (name: unknown): Fact<string> => (isName(name) ? known(name) : unknown("a glossary term has no name"));

const unique = (names: readonly string[]): string[] => [...new Set(names)];
