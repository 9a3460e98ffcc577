import { z } from "zod";
import { Domain } from "../../functions/approver/datazone";
import type { Resource } from "../policy/terraform";
import type { World } from "../program/world";
import type { Drift } from "./drift";

const template = z.object({
  Resources: z.object({
    Membership: z.object({
      Type: z.literal("AWS::DataZone::ProjectMembership"),
      Properties: z.object({
        DomainIdentifier: z.string(),
        ProjectIdentifier: z.string(),
        Designation: z.string(),
        Member: z.union([
          z.object({ UserIdentifier: z.string() }).transform(({ UserIdentifier }) => UserIdentifier),
          z.object({ GroupIdentifier: z.string() }).transform(({ GroupIdentifier }) => GroupIdentifier),
        ]),
      }),
    }),
  }),
});
type Membership = z.output<typeof template>["Resources"]["Membership"]["Properties"];

/**
 * Memberships of Amazon DataZone projects that a state has and the domain has not, or has otherwise. Who else is a member is the project's own
 * affair. Needs datazone:ListProjectMemberships and GetUserProfile.
 */
export async function membershipDrifts(resources: readonly Resource[], world: World): Promise<Drift[]> {
  const memberships = resources.flatMap((one) => {
    const found = one.type === "aws_cloudformation_stack" ? membershipIn(one.values) : undefined;
    return found ? [{ address: one.address, ...found }] : [];
  });
  if (memberships.length === 0) return [];
  const client = await world.dataZone();
  const domains = new Map(memberships.map((one) => [one.DomainIdentifier, new Domain(client, one.DomainIdentifier)]));
  const drifts: Drift[] = [];
  for (const { address, DomainIdentifier, ProjectIdentifier, Designation, Member } of memberships) {
    const domain = domains.get(DomainIdentifier)!;
    const ids = [Member, await userId(Member, domain)];
    const members = await domain.members(ProjectIdentifier);
    const there = members.find(({ memberDetails: { user, group } = {} }) =>
      ids.includes(user?.userId ?? group?.groupId ?? "none"),
    );
    const one = { what: "membership" as const, id: `${ProjectIdentifier}/${Member}`, address };
    const says = `${Member} as ${Designation} of project ${ProjectIdentifier}`;
    if (!there) drifts.push({ ...one, is: "gone", says: `${says} is no member in the domain` });
    else if (there.designation !== Designation)
      drifts.push({ ...one, is: "other", says: `${says} is ${there.designation} in the domain` });
  }
  return drifts;
}

/** The membership that a stack of constructs/project-membership makes, once it is there. */
function membershipIn({ id, template_body }: Resource["values"]): Membership | undefined {
  if (typeof id !== "string" || typeof template_body !== "string") return undefined;
  try {
    return template.safeParse(JSON.parse(template_body)).data?.Resources.Membership.Properties;
  } catch {
    return undefined;
  }
}

/** A role is a member by its user's id in the domain. Without a profile it is none. */
async function userId(member: string, domain: Domain): Promise<string | undefined> {
  if (!member.startsWith("arn:")) return undefined;
  try {
    return (await domain.user(member, "IAM")).id;
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
