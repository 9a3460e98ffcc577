import { ApiError } from "../datazone/errors";
import { type ServiceModel, serviceModel } from "../datazone/model";
import { isRecord, violations } from "../datazone/validation";
import { awsError } from "../errors";
import type { Call, Reply, Service, Surroundings } from "../service";
import { appOperations } from "./apps";
import { domainOperations } from "./domains";
import { SageMakerError } from "./errors";
import { Homes } from "./home";
import { processingJobOperations } from "./processing-jobs";
import { spaceOperations } from "./spaces";
import { type Answers, newState } from "./state";
import { isOurs, tagOperations } from "./tags";
import { userProfileOperations } from "./user-profiles";

/**
 * SageMaker Studio, which moto has little of: domains with their home file systems, user profiles, spaces, apps, and
 * processing jobs, whose requests are kept. The rest of SageMaker is moto's.
 */
export function sagemaker(surroundings: Surroundings): Service {
  const homes = new Homes(surroundings);
  let known: Promise<{ model: ServiceModel; answers: Answers }> | undefined;

  const load = async () => {
    const model = await serviceModel("sagemaker/2017-07-24");
    const state = newState(model, surroundings);
    const answers: Answers = {
      ...domainOperations(state, homes, surroundings),
      ...userProfileOperations(state),
      ...spaceOperations(state),
      ...appOperations(state),
      ...processingJobOperations(state),
      ...tagOperations(state),
    };
    return { model, answers };
  };

  return {
    async handle(call: Call): Promise<Reply | undefined> {
      if (call.service !== "sagemaker") return await homes.handle(call);
      const { model, answers } = await (known ??= load());
      const answer = answers[call.operation];
      const operation = model.operations[call.operation];
      if (answer === undefined || operation?.input === undefined) return undefined;
      try {
        const input = parse(call.body);
        if (call.operation.endsWith("Tags") && !isOurs(input["ResourceArn"])) return undefined;
        const found = violations(model, operation.input.shape, input);
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
  };
}

function parse(body: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(body.toString() || "{}");
  if (!isRecord(value)) throw new SageMakerError("ValidationException", "The request body is not a JSON object.");
  return value;
}
