import type { RuleTester } from 'oxlint/plugins-dev'

type AnyRule = Parameters<RuleTester['run']>[1]
/** A rule of the lint plugin, in the form ESLint and oxlint share. */
export type DoorRule = Extract<AnyRule, { create: unknown }>
type Visitor = ReturnType<DoorRule['create']>
type NodeOf<Kind extends keyof Visitor> = Parameters<NonNullable<Visitor[Kind]>>[0]

export type MemberNode = NodeOf<'MemberExpression'>
export type PatternNode = NodeOf<'ObjectPattern'>
export type ProgramNode = NodeOf<'Program'>
export type DeclarationNode = NodeOf<'VariableDeclaration'>
export type Statement = ProgramNode['body'][number]
export type Expression = NonNullable<DeclarationNode['declarations'][number]['init']>
