// Loaded before a program (`node --import`): its clock, and with it that of an embedded store, is wrong by so much.
const by = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...args) {
    if (args.length > 0) super(...args);
    else super(Right.now() + by);
  }
  static now() {
    return Right.now() + by;
  }
};
