import { grantScope } from "../../constructs/access-grants/overlaps";
import type { Module, Resource } from "../policy/terraform";
import { nameOf, whole } from "./ids";
import type { Access, Grant, Permission, Persona, Unplaced } from "./model";
import { ownReach } from "./own";

const LOCATION = "aws_s3control_access_grants_location";

/** Who reaches what, as a plan or a state of the modules, or of an environment, says it. */
export function accessIn(source: string, modules: readonly Module[]): Access {
  const profiles = profilesIn(modules);
  const unplaced: Unplaced[] = [];
  const grants = modules.flatMap((module) =>
    module.resources
      .filter(({ type }) => type === "aws_s3control_access_grant")
      .flatMap((resource): Grant[] => {
        const { values, address } = resource;
        const id = text(values["access_grant_id"]) ?? address;
        const persona = personaOf(resource, module, profiles);
        const permission = values["permission"] as Permission;
        const subPrefix = subPrefixOf(values);
        const locations = locationsFor(resource, module, modules);
        const location = locations.length === 1 ? locations[0] : undefined;
        const scope =
          text(values["grant_scope"]) ??
          (location && (subPrefix === undefined ? whole(location) : grantScope(location, subPrefix)));
        if (scope !== undefined) return [{ id, address, persona, permission, scope, location: location ?? "" }];
        unplaced.push({ id, persona, permission, subPrefix: subPrefix ?? "*", locations });
        return [];
      }),
  );
  // Terraform writes modules in no order.
  for (const all of [grants, unplaced]) all.sort((a, b) => (a.id < b.id ? -1 : 1));
  const granted = [...grants, ...unplaced].map(({ persona }) => persona);
  // Before the apply a profile and who is granted something are the same by their name alone.
  const others = [...profiles.values()].filter(({ id, name }) => id || !granted.some((one) => one.name === name));
  const personas = [...others, ...granted];
  const own = ownReach(
    modules.flatMap(({ resources }) => resources),
    personas,
  );
  return { source, personas, grants, unplaced, own: own.known, unknown: own.unknown };
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function subPrefixOf(values: Resource["values"]): string | undefined {
  const [configuration] = (values["access_grants_location_configuration"] ?? []) as { s3_sub_prefix?: string }[];
  return text(configuration?.s3_sub_prefix);
}

/** User profiles as personas, by their role: its ARN, or what stands for it before the apply. */
function profilesIn(modules: readonly Module[]): Map<string, Persona> {
  const profiles = new Map<string, Persona>();
  for (const module of modules) {
    for (const one of module.resources.filter(({ type }) => type === "aws_sagemaker_user_profile")) {
      const [settings] = (one.values["user_settings"] ?? []) as { execution_role?: string }[];
      const id = text(settings?.execution_role);
      const role = id ?? referred(one, module, "user_settings", "execution_role") ?? one.address;
      const name = [profiles.get(role)?.name, text(one.values["user_profile_name"])].filter(Boolean).join(", ");
      profiles.set(role, { name, type: "IAM", ...(id === undefined ? { at: role } : { id }) });
    }
  }
  return profiles;
}

/** Who a grant is for: by the role of a user profile, the key of the persona in the module, or the role's name. */
function personaOf(grant: Resource, module: Module, profiles: ReadonlyMap<string, Persona>): Persona {
  const [grantee] = (grant.values["grantee"] ?? []) as { grantee_type?: string; grantee_identifier?: string }[];
  const type = (grantee?.grantee_type ?? "IAM") as Persona["type"];
  const id = text(grantee?.grantee_identifier);
  const at =
    id === undefined ? (referred(grant, module, "grantee", "grantee_identifier") ?? module.address) : undefined;
  const profile = profiles.get(id ?? at ?? "")?.name;
  const key = /\["([^"]*)"\]$/.exec(module.address ?? "")?.[1]?.replace(/^other_/, "");
  const name = profile ?? key ?? nameOf(id ?? at ?? grant.address);
  return { name, type, ...(id !== undefined && { id }), ...(at !== undefined && { at }) };
}

/** The resource of the same module that an argument of a block is an attribute of, where the apply alone knows its value. */
function referred({ expressions }: Resource, { address }: Module, block: string, argument: string): string | undefined {
  const blocks = (expressions as Readonly<Record<string, unknown>> | undefined)?.[block];
  const [first] = (Array.isArray(blocks) ? blocks : []) as Readonly<
    Record<string, { references?: readonly string[] }>
  >[];
  const [attribute = "", resource = "", ...others] = first?.[argument]?.references ?? [];
  if (others.length > 0 || !/^aws_\w+\.[\w-]+$/.test(resource) || !attribute.startsWith(`${resource}.`))
    return undefined;
  return [address, resource].filter(Boolean).join(".");
}

/** Scopes of the locations that a grant may be in: one, where it is known. */
function locationsFor({ values }: Resource, module: Module, modules: readonly Module[]): string[] {
  const id = text(values["access_grants_location_id"]);
  const scopes = (resources: readonly Resource[]): string[] =>
    resources.flatMap(({ type, values }) => (type === LOCATION ? (text(values["location_scope"]) ?? []) : []));
  if (id !== undefined) {
    const all = modules.flatMap(({ resources }) => resources);
    return scopes(all.filter(({ values }) => values["access_grants_location_id"] === id));
  }
  // A module knows its own and those of whoever calls it.
  let address = module.address;
  for (;;) {
    const found = scopes(modules.find((one) => one.address === address)?.resources ?? []);
    if (found.length > 0 || address === undefined) return found;
    address = /^(.*)\.module\.[\w-]+(\["[^"]*"\]|\[\d+\])?$/.exec(address)?.[1];
  }
}
