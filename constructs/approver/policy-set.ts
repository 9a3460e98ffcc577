import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { DataResource } from "cdktf";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { compute, each, hcl, literal, local, values } from "../hosting";
import type { PublishingProjects } from "../shared/datazone";

interface PolicySetProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, string>>;
  readonly publishingProjects: PublishingProjects;
}

/**
 * What the approver decides by, in SSM Parameter Store: one parameter a policy, and one with the publishing projects. A new
 * set stands beside the old one until the alias has moved, and either is read as a whole.
 *
 * Names hold a digest of what is in them, and a generation, which is new whenever a digest is: names are never used again.
 * By the digest alone, going back to the old set after a failed apply would meet parameters that Terraform has yet to
 * delete. `insecure_value`, because `value` would hide every change of a policy in the plan.
 */
export class PolicySet extends Construct {
  readonly digest: string;
  readonly policiesPath: string;
  readonly projectsParameter: string;
  /** For `dependsOn`: what needs the set is moved to the new one before the old one goes. */
  readonly parameters: readonly SsmParameter[];

  constructor(scope: Construct, id: string, props: PolicySetProps) {
    super(scope, id);
    const { name, tags, policies } = props;
    const kept = { tags, lifecycle: { createBeforeDestroy: true } };
    this.digest = local(this, "policies_digest", digest(policies));
    const projects = local(this, "publishing_project_ids", joined(values(props.publishingProjects, "id")));
    const generation = new DataResource(this, "generation", {
      triggersReplace: { policies: this.digest, projects },
      lifecycle: { createBeforeDestroy: true },
    });
    this.policiesPath = `/${name}/policies/${generation.id}/${this.digest}`;
    const parameters = each(policies, "policy", (policy, key, id, forEach) => {
      return new SsmParameter(this, id, {
        name: `${this.policiesPath}/${key}`,
        description: "Approval policy (Cedar)",
        type: "String",
        insecureValue: literal(policy),
        ...kept,
        forEach,
      });
    });
    const parameter = new SsmParameter(this, "projects", {
      name: `/${name}/projects/${generation.id}/${sha256(projects)}`,
      description: "Publishing projects that the approver decides for",
      type: "StringList",
      insecureValue: projects,
      ...kept,
    });
    this.projectsParameter = parameter.name;
    this.parameters = [...parameters.all, parameter];
  }
}

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");
const sha256 = (text: string): string => compute(text, sha256Of, (unknown) => hcl`sha256(${unknown})`);

const joined = (texts: readonly string[]): string =>
  compute(
    texts,
    (known) => known.join(","),
    (unknown) => hcl`join(",", ${unknown})`,
  );

/**
 * The digest of a set of texts by their ids: SHA-256 over the lines `<id>:<sha256 of the text>`, sorted by id. The function
 * computes the same over what it reads and refuses anything else.
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
