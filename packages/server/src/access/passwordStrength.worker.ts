import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import * as french from '@zxcvbn-ts/language-fr'
import type { StrengthAnswer, StrengthQuestion } from './passwordStrength.ts'
import { judgePassword } from './passwordVerdict.ts'

/** With the default of 512, sixty odd characters keep a thread busy for seconds; the usual spellings need few. */
const SUBSTITUTIONS = 10

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...french.dictionary },
  graphs: common.adjacencyGraphs,
  l33tMaxSubstitutions: SUBSTITUTIONS,
})

parentPort?.on('message', ({ password, owner }: StrengthQuestion) => {
  const verdict = judgePassword((text, own) => estimator.check(text, [...own]), password, owner)
  const answer: StrengthAnswer = { verdict }
  parentPort?.postMessage(answer)
})
