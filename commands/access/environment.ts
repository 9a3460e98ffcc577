import { grantScope } from "../../constructs/access-grants/overlaps";
import type { Access, Grant, Own, Permission, Persona } from "./model";

interface Granted {
  readonly subPrefix: string;
  readonly permission: string;
}

/** `studioAccess` of an environment's file, as far as it says who reaches what. */
export interface StudioAccessFile {
  readonly name: string;
  readonly bucketName?: string;
  readonly existingBucket?: { readonly bucketName: string };
  readonly dataset?: { readonly prefixes: readonly string[]; readonly source?: { readonly file: string } };
  readonly personas: Readonly<
    Record<string, { readonly role?: { readonly arn: string }; readonly grants: Readonly<Record<string, Granted>> }>
  >;
  readonly otherGrantees?: Readonly<
    Record<
      string,
      {
        readonly grantee: {
          readonly type: string;
          readonly id?: string;
          readonly group?: { readonly displayName: string };
        };
        readonly grants: Readonly<Record<string, Granted>>;
      }
    >
  >;
}

/** Name of a data set's file where the environment does not say it (constructs/data-bucket/props.ts). */
const DEFAULT_FILE = "abalone.csv";

/** Who reaches what, as an environment's file says it (constructs/studio-access). */
export function accessOf(environment: string, account: string, studio: StudioAccessFile): Access {
  const bucket = studio.existingBucket?.bucketName ?? studio.bucketName ?? `${studio.name}-data-${account}`;
  const location = `s3://${bucket}`;
  const people = Object.entries(studio.personas).map(([name, { role, grants }]) => ({
    path: `personas.${name}`,
    persona: { name, type: "IAM" as const, id: role?.arn },
    grants,
  }));
  const others = Object.entries(studio.otherGrantees ?? {}).map(([key, { grantee, grants }]) => ({
    path: `otherGrantees.${key}`,
    persona: {
      name: grantee.group?.displayName ?? key,
      type: grantee.type as Persona["type"],
      id: grantee.id,
    },
    grants,
  }));
  const granted = [...people, ...others];
  return {
    source: environment,
    personas: granted.map(({ persona }) => persona),
    grants: granted.flatMap(({ path, persona, grants }) =>
      Object.entries(grants).map(([key, { subPrefix, permission }]): Grant => ({
        id: `${path}.grants.${key}`,
        persona,
        permission: permission as Permission,
        scope: grantScope(location, subPrefix),
        location,
      })),
    ),
    unplaced: [],
    own: [...scratchFolders(account, studio), ...loaded(location, studio)],
    unknown: people
      .filter(({ persona }) => persona.id !== undefined)
      .map(({ persona }) => `what the role of ${persona.name} (${persona.id}) may do by policies of its own`),
  };
}

/** Each role made for a profile has a folder of the scratch bucket (constructs/studio-domain/permissions.ts). */
const scratchFolders = (account: string, { name, personas }: StudioAccessFile): Own[] =>
  Object.entries(personas)
    .filter(([, { role }]) => role === undefined)
    .map(([who]) => ({
      who,
      permission: "READWRITE",
      scope: `s3://${name}-scratch-${account}/${who}/*`,
      by: "the role's policy: scratch folder",
    }));

/** The data set loader reads and writes its one file below each prefix (constructs/data-bucket/dataset-loader.ts). */
const loaded = (location: string, { dataset }: StudioAccessFile): Own[] =>
  (dataset?.prefixes ?? []).map((prefix) => ({
    who: "data set loader",
    permission: "READWRITE",
    scope: `${location}/${prefix}${dataset?.source?.file ?? DEFAULT_FILE}`,
    by: "the function's policy",
  }));
