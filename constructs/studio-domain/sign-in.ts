import { json } from "../hosting";

/**
 * IAM policy, as JSON, that lets its holder sign in to Studio as one user profile and as no other
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemakerai.html, CreatePresignedDomainUrl).
 */
export const signInPolicy = (profileArn: string): string =>
  json({
    Version: "2012-10-17",
    Statement: [{ Sid: "SignIn", Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl", Resource: profileArn }],
  });
