/** What SageMaker refuses a request with; always status 400. */
export class SageMakerError extends Error {
  constructor(
    readonly code: "ResourceInUse" | "ResourceNotFound" | "ValidationException",
    message: string,
  ) {
    super(message);
  }
}
