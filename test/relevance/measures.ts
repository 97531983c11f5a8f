/** nDCG at 10 with binary judgments: hits in their order, and how many there are to be found. */
export function ndcg10(relevant: readonly boolean[], total: number): number {
  const gain = (place: number): number => 1 / Math.log2(place + 2);
  let sum = 0;
  for (const [place, hit] of relevant.slice(0, 10).entries()) if (hit) sum += gain(place);
  let ideal = 0;
  for (let place = 0; place < Math.min(total, 10); place++) ideal += gain(place);
  return ideal ? sum / ideal : 0;
}

/** Of what there is to be found (ten places hold no more than ten), how much stands among the first ten. */
export const recall10 = (relevant: readonly boolean[], total: number): number =>
  relevant.slice(0, 10).filter(Boolean).length / Math.max(1, Math.min(total, 10));

export const mean = (values: readonly number[]): number =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
