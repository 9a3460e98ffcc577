/** The last part of an ARN or an address, or an id itself. */
export const nameOf = (id: string): string => id.slice(id.lastIndexOf(id.includes("/") ? "/" : ".") + 1);

/** The scope of a grant on all of a location. */
export const whole = (location: string): string => `${location}${/^s3:\/\/[^/]+$/.test(location) ? "/" : ""}*`;
