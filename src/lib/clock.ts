/** Where "now" comes from; tests hand in one they can move. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
