/** cdktf keeps a whole stack trace of every token, for its errors. With Jest's source maps that took half the time of a synthesis. */
module.exports = { captureStackTrace: () => [] };
