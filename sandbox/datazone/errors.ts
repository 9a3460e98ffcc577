export type ErrorCode =
  | "AccessDeniedException"
  | "ConflictException"
  | "InternalServerException"
  | "ResourceNotFoundException"
  | "ServiceQuotaExceededException"
  | "ThrottlingException"
  | "ValidationException";

/** An error of the DataZone API; its HTTP status is the model's. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export const denied = (message: string): ApiError => new ApiError("AccessDeniedException", message);
export const conflict = (message: string): ApiError => new ApiError("ConflictException", message);
export const invalid = (message: string): ApiError => new ApiError("ValidationException", message);
export const notFound = (kind: string, id: string): ApiError =>
  new ApiError("ResourceNotFoundException", `${kind} ${id} does not exist.`);

/** What a map holds under a key. @throws ApiError ResourceNotFoundException where it holds nothing */
export function found<T>(map: ReadonlyMap<string, T>, kind: string, id: string): T {
  const value = map.get(id);
  if (value === undefined) throw notFound(kind, id);
  return value;
}
