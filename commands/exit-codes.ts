/** 0 all in · 1 something rejected, incomplete or held · 2 unusable input or wrong call. */
export const EXIT = { allIn: 0, somethingLeftOut: 1, unusable: 2 } as const;
