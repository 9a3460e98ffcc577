import { ApiError } from "../datazone/errors";
import type { ConditionKeys } from "../authorization/access";
import { serviceModel } from "../datazone/model";
import { violations } from "../datazone/validation";
import { awsError } from "../errors";
import type { Call, Reply, Service, Surroundings } from "../service";
import { appOperations } from "./apps";
import { BEHAVIOUR } from "./behaviour";
import { conditionKeysOf } from "./condition-keys";
import { domainOperations } from "./domains";
import { SageMakerError } from "./errors";
import { Homes } from "./home";
import { JobRun } from "./job-run";
import { processingJobOperations } from "./processing-jobs";
import { inputOf } from "./request";
import { spaceOperations } from "./spaces";
import { type Answers, newState, type State } from "./state";
import { isOurs, tagOperations } from "./tags";
import { userProfileOperations } from "./user-profiles";
import { Volumes } from "./volumes";

/**
 * SageMaker Studio, which moto has little of: domains with their home file systems, user profiles, spaces, apps, and
 * processing jobs, whose requests are kept. The rest of SageMaker is moto's.
 */
export function sagemaker(surroundings: Surroundings): Service {
  const homes = new Homes(surroundings);
  const volumes = new Volumes(surroundings);
  const behaviour = BEHAVIOUR.parse({});
  let known: Promise<{ state: State; answers: Answers }> | undefined;

  const load = async () => {
    const model = await serviceModel("sagemaker/2017-07-24");
    const state = newState(model, surroundings);
    const answers: Answers = {
      ...domainOperations(state, homes, surroundings, behaviour),
      ...userProfileOperations(state),
      ...spaceOperations(state),
      ...appOperations(state, volumes, surroundings),
      ...processingJobOperations(state, new JobRun(surroundings, volumes), behaviour),
      ...tagOperations(state),
    };
    return { state, answers };
  };

  return {
    choices: {
      sagemaker: (changes) => void Object.assign(behaviour, BEHAVIOUR.parse({ ...behaviour, ...Object(changes) })),
    },
    async handle(call: Call): Promise<Reply | undefined> {
      if (call.service !== "sagemaker") return await homes.handle(call);
      const { state, answers } = await (known ??= load());
      const answer = answers[call.operation];
      const operation = state.model.operations[call.operation];
      if (answer === undefined || operation?.input === undefined) return undefined;
      try {
        const input = inputOf(call);
        if (call.operation.endsWith("Tags") && !isOurs(input["ResourceArn"])) return undefined;
        const found = violations(state.model, operation.input.shape, input);
        if (found.length > 0) {
          throw new SageMakerError(
            "ValidationException",
            `${found.length} validation error detected: ${found.join("; ")}`,
          );
        }
        const output = await answer(input, call.region);
        const headers = { "content-type": "application/x-amz-json-1.1" };
        return { status: 200, headers, body: operation.output === undefined ? "" : JSON.stringify(output) };
      } catch (error) {
        if (error instanceof SageMakerError) return awsError(call, 400, error.code, error.message);
        if (error instanceof ApiError) return awsError(call, 400, "ValidationException", error.message);
        throw error;
      }
    },
    async conditionKeys(call: Call): Promise<ConditionKeys> {
      if (call.service !== "sagemaker") return {};
      const { state, answers } = await (known ??= load());
      return answers[call.operation] === undefined ? {} : await conditionKeysOf(state, call);
    },
  };
}
