/** So often a poller that hears nothing looks again, in ms. */
export const WAIT_MS = 20_000
/** Bytes of an event; a batch that would be larger goes out smaller. */
export const LARGEST_EVENT = 6_000_000
/** How long a poller waits after something that failed: longer from time to time, up to the longest. */
export const FIRST_PAUSE_MS = 250
export const LONGEST_PAUSE_MS = 10_000
/** … and where the function is throttled. */
export const THROTTLE_PAUSE_MS = 500
