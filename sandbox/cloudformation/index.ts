import { awsError, xml } from "../errors";
import type { Call, Caller, Reply, Service, Surroundings } from "../service";
import { response } from "./events";
import { Resources } from "./resources";
import { Stack } from "./stack";
import { type Template, TemplateError, readTemplate } from "./template";

/**
 * AWS CloudFormation for some types of DataZone (types.ts). moto keeps the stacks and ignores these resources; this
 * part makes them in DataZone. A resource that cannot be made fails its stack, and the stack's events say why.
 *
 * @param datazone where the resources are made, in the name of the stack's role or of who works with the stack
 */
export function cloudFormation(surroundings: Surroundings, datazone: Service): Service {
  const stacks = new Map<string, Stack>();
  const pseudo = { "AWS::Region": surroundings.region, "AWS::AccountId": surroundings.account };

  const resourcesFor = (form: URLSearchParams, caller: Caller) => {
    const role = form.get("RoleARN");
    const acting = role ? { accessKeyId: "", account: surroundings.account, arn: role, roleArn: role } : caller;
    return new Resources(datazone, acting, surroundings.region);
  };
  /** By id, or by name while it exists. */
  const find = (nameOrId: string) =>
    stacks.get(nameOrId) ?? [...stacks.values()].find(({ name, exists }) => exists && name === nameOrId);

  const create = async (call: Call, form: URLSearchParams): Promise<Reply | undefined> => {
    const template = readTemplate(form.get("TemplateBody") ?? "", parametersOf(form), pseudo);
    if (!template) return undefined;
    const reply = await surroundings.moto(call);
    const id = /<StackId>([^<]+)/.exec(textOf(reply))?.[1];
    if (reply.status >= 300 || id === undefined) return reply;
    const stack = new Stack(form.get("StackName") ?? "", id, template, surroundings.now);
    stacks.set(id, stack);
    stack.history.token = form.get("ClientRequestToken") ?? "";
    await stack.create(resourcesFor(form, call.caller), onFailure(form));
    if (!stack.exists) await surroundings.moto(derived(call, "DeleteStack", { StackName: id }));
    return reply;
  };

  const update = async (call: Call, form: URLSearchParams): Promise<Reply | undefined> => {
    const stack = find(form.get("StackName") ?? "");
    if (!stack) return undefined;
    const isPrevious = form.get("UsePreviousTemplate") === "true";
    const body = isPrevious ? stack.template.body : (form.get("TemplateBody") ?? "");
    const template = readTemplate(body, parametersOf(form, stack.template.parameters), pseudo);
    if (!template) return undefined;
    const before = stack.template;
    const reply = await surroundings.moto(call);
    if (reply.status >= 300) return reply;
    stack.history.token = form.get("ClientRequestToken") ?? "";
    if (!(await stack.update(template, resourcesFor(form, call.caller)))) {
      await surroundings.moto(derived(call, "UpdateStack", { StackName: stack.id, ...formOf(before) }));
    }
    return reply;
  };

  const remove = async (call: Call, form: URLSearchParams): Promise<Reply | undefined> => {
    const stack = find(form.get("StackName") ?? "");
    if (!stack) return undefined;
    stack.history.token = form.get("ClientRequestToken") ?? "";
    const isGone = await stack.delete(resourcesFor(form, call.caller));
    return isGone ? undefined : response("DeleteStack", "");
  };

  /** moto's answer, with the status of those stacks that ended otherwise than moto thinks. */
  const describe = async (call: Call): Promise<Reply> => {
    const reply = await surroundings.moto(call);
    let body = textOf(reply);
    for (const { id, outcome } of stacks.values()) {
      if (outcome === undefined) continue;
      const [head, ...rest] = body.split(`<StackId>${xml(id)}</StackId>`);
      const status = `<StackStatus>${outcome.status}</StackStatus><StackStatusReason>${xml(outcome.reason)}</StackStatusReason>`;
      body = [head, ...rest.map((part) => part.replace(/<StackStatus>.*?<\/StackStatus>/, () => status))].join(
        `<StackId>${xml(id)}</StackId>`,
      );
    }
    return { ...reply, body };
  };

  const answer = async (call: Call): Promise<Reply | undefined> => {
    const form = new URLSearchParams(call.body.toString());
    switch (call.operation) {
      case "CreateStack":
        return await create(call, form);
      case "UpdateStack":
        return await update(call, form);
      case "DeleteStack":
        return await remove(call, form);
      case "DescribeStacks":
        return await describe(call);
      case "DescribeStackEvents":
        return find(form.get("StackName") ?? "")?.history.describe();
      default:
        return undefined;
    }
  };

  return {
    async handle(call) {
      if (call.service !== "cloudformation") return undefined;
      try {
        return await answer(call);
      } catch (error) {
        if (error instanceof TemplateError) return awsError(call, 400, "ValidationError", error.message);
        throw error;
      }
    },
  };
}

const textOf = ({ body = "" }: Reply) => body.toString();

function onFailure(form: URLSearchParams): "ROLLBACK" | "DELETE" | "DO_NOTHING" {
  const wanted = form.get("OnFailure");
  if (wanted === "DELETE" || wanted === "DO_NOTHING") return wanted;
  return form.get("DisableRollback") === "true" ? "DO_NOTHING" : "ROLLBACK";
}

/**
 * The parameters of a call, `Parameters.member.1.ParameterKey=…`; one with UsePreviousValue is taken from the previous
 * ones.
 */
function parametersOf(
  form: URLSearchParams,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (let index = 1; form.has(`Parameters.member.${index}.ParameterKey`); index++) {
    const at = (name: string) => form.get(`Parameters.member.${index}.${name}`);
    const key = at("ParameterKey") ?? "";
    const value = at("UsePreviousValue") === "true" ? previous[key] : at("ParameterValue");
    if (value !== undefined && value !== null) parameters[key] = value;
  }
  return parameters;
}

const formOf = ({ body, parameters }: Template): Record<string, string> =>
  Object.fromEntries([
    ["TemplateBody", body],
    ...Object.entries(parameters).flatMap(([key, value], index) => [
      [`Parameters.member.${index + 1}.ParameterKey`, key],
      [`Parameters.member.${index + 1}.ParameterValue`, value],
    ]),
  ]) as Record<string, string>;

/** Another CloudFormation request with a call's credentials. */
const derived = (call: Call, action: string, fields: Readonly<Record<string, string>>): Call => ({
  ...call,
  operation: action,
  body: Buffer.from(new URLSearchParams({ Action: action, Version: "2010-05-15", ...fields }).toString()),
});
