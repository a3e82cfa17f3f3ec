/** The week that `/` leads to and the header names: the newest that has content. */
export const currentWeek = 9
