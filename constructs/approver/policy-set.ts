import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { DataResource } from "cdktf";
import { SsmParameter, type SsmParameterConfig } from "@cdktf/provider-aws/lib/ssm-parameter";
import { compute, each, hcl, joinedBy, literal, local, values } from "../hosting";
import type { PublishingProjects } from "../shared/datazone";

interface PolicySetProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, string>>;
  readonly publishingProjects: PublishingProjects;
}

/** Project ids in one parameter: each takes 36 characters and a comma of the standard tier's 4,096 bytes. */
const IDS_IN_A_PARAMETER = 100;

type Texts = Readonly<Record<string, string>>;

/**
 * The policies and the publishing projects in SSM Parameter Store: one parameter for each policy, and one for each 100 projects. New
 * parameters stand beside the old ones until the alias has moved, so each version of the function reads one complete set.
 */
export class PolicySet extends Construct {
  readonly digest: string;
  readonly policiesPath: string;
  readonly projectsPath: string;
  /** For `dependsOn`: whatever depends on these moves to the new parameters before the old ones are deleted. */
  readonly parameters: readonly SsmParameter[] = [];

  constructor(scope: Construct, id: string, props: PolicySetProps) {
    super(scope, id);
    const { name, tags, policies } = props;
    this.digest = local(this, "policies_digest", digest(policies));
    this.policiesPath = `/${name}/policies/${this.generation("generation", this.digest)}`;
    this.put("policy", this.policiesPath, policies, (policy) => ({
      description: "Approval policy (Cedar)",
      type: "String",
      insecureValue: literal(policy),
      tags,
    }));
    const ids = joinedBy(IDS_IN_A_PARAMETER, values(props.publishingProjects, "id"));
    const lists = local(this, "publishing_project_ids", ids);
    const projectsDigest = local(this, "publishing_projects_digest", digest(lists));
    this.projectsPath = `/${name}/projects/${this.generation("projects_generation", projectsDigest)}`;
    this.put("projects", this.projectsPath, lists, (insecureValue) => ({
      description: "Publishing projects that the approver decides for",
      type: "StringList",
      insecureValue,
      tags,
    }));
  }

  /**
   * The last two parts of a path: a generation, which changes whenever the digest changes, and the digest. So no path is ever used again. With
   * the digest alone, going back to an earlier set after a failed apply would collide with parameters that Terraform has not deleted yet.
   */
  private generation(id: string, digest: string): string {
    // cdktf types it as a map; Terraform takes any value.
    const triggersReplace = { digest };
    const generation = new DataResource(this, id, { triggersReplace, lifecycle: { createBeforeDestroy: true } });
    return `${generation.id}/${digest}`;
  }

  /** One parameter for each text, as `insecure_value`, because `value` would hide every change in the plan. */
  private put(
    id: string,
    path: string,
    texts: Texts,
    config: (text: string) => Omit<SsmParameterConfig, "name">,
  ): void {
    const made = each(texts, id, (text, key, id, forEach) => {
      const lifecycle = { createBeforeDestroy: true };
      return new SsmParameter(this, id, { name: `${path}/${key}`, ...config(text), lifecycle, forEach });
    });
    (this.parameters as SsmParameter[]).push(...made.all);
  }
}

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");
/**
 * The digest of texts by their ids: SHA-256 over the lines `<id>:<sha256 of the text>`, sorted by id. The function computes the digest of
 * what it reads and refuses a set with another one.
 */
export const digest = (policies: Readonly<Record<string, string>>): string =>
  compute(
    policies,
    (texts) => {
      const lines = Object.keys(texts)
        .sort()
        .map((id) => `${id}:${sha256Of(texts[id]!)}`);
      return sha256Of(lines.join("\n"));
    },
    (texts) => hcl`sha256(join("\\n", [for id, text in ${texts} : "\${id}:\${sha256(text)}"]))`,
  );
