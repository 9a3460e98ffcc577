import { SageMakerError } from "./errors";
import type { Fields, Item } from "./records";
import { type Answers, itemOf, type State } from "./state";

/** Tags of everything that is kept here. */
export function tagOperations(state: State): Answers {
  const find = (input: Fields): Item => {
    const arn = String(input["ResourceArn"]);
    const item = itemOf(state, arn);
    if (item === undefined) throw new SageMakerError("ResourceNotFound", `The resource [${arn}] does not exist.`);
    return item;
  };
  const tagList = ({ tags }: Item) => [...tags].map(([Key, Value]) => ({ Key, Value }));
  return {
    ListTags: (input) => ({ Tags: tagList(find(input)) }),
    AddTags: (input) => {
      const item = find(input);
      for (const { Key, Value } of input["Tags"] as { Key: string; Value: string }[]) item.tags.set(Key, Value);
      return { Tags: tagList(item) };
    },
    DeleteTags: (input) => {
      const item = find(input);
      for (const key of input["TagKeys"] as string[]) item.tags.delete(key);
      return {};
    },
  };
}

/** Whether an ARN is of a kind that is kept here, not in moto. */
export function isOurs(arn: unknown): boolean {
  return /^arn:[^:]+:sagemaker:[^:]*:\d{12}:(domain|user-profile|space|app|processing-job)\//.test(String(arn));
}
