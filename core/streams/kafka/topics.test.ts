import { expect, test } from 'vitest'
import { assertTopics, type TopicProblem } from './topics.ts'

const problem = (more: Partial<TopicProblem>): TopicProblem => ({
  ...{ topic: 'weir.dead', what: 'partitions', wanted: 'at least 1', found: '0', fatal: true, advice: 'do this' },
  ...more,
})

test('the first problem that Weir cannot work with is said in words', () => {
  expect(() => assertTopics([problem({ fatal: false })])).not.toThrow()
  expect(() => assertTopics([problem({ fatal: false }), problem({})])).toThrow(
    'Topic weir.dead: partitions is 0 and must be at least 1; do this.',
  )
  expect(() => assertTopics([problem({ what: 'exists', wanted: 'yes', found: 'no' })])).toThrow(
    'Topic weir.dead: it is missing; do this.',
  )
})
