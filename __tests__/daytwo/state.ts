/** A managed resource of a state. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly values: Readonly<Record<string, unknown>>;
}
interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

/** The managed resources of what `terraform show -json` prints, in the order of their addresses. */
export function resourcesIn(shown: string): readonly Resource[] {
  const { values } = JSON.parse(shown) as { values?: { root_module: Module } };
  const all = ({ resources = [], child_modules = [] }: Module): Resource[] => [
    ...resources,
    ...child_modules.flatMap(all),
  ];
  return all(values?.root_module ?? {})
    .filter(({ mode }) => mode === "managed")
    .sort((a, b) => a.address.localeCompare(b.address));
}
