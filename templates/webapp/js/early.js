/* Before the planner is there: numbers out of their limits are told in its own words, which came with the questions. */

export function early(shown, answers) {
  return shown.filter((question) => question.limits && answers.get(question.field) !== undefined)
    .filter(({ field, limits }) => { const value = answers.get(field); return !(typeof value === "number" && value >= limits.low && value <= limits.high); })
    .map(({ field, limits }) => ({ path: field.split("."), text: `“${answers.get(field)}” ${limits.text}` }));
}
