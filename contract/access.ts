import { z } from 'zod'
import { id, instant, route } from './route.ts'

export const roles = [
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'specialist',
  'department_owner',
  'auditor',
] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

export const password = z.string().min(10).max(200)
export const login = z.string().trim().min(2).max(60)
export const packName = z.enum([
  'general',
  'hardware',
  'contact-center',
  'performance',
  'e-commerce',
  'finance',
  'telecom',
  'logistics',
  'education',
  'local-services',
  'manufacturing',
  'internet',
])

const me = z.object({
  userId: id,
  name: z.string(),
  login: z.string(),
  language: z.enum(['zh', 'en']),
  organization: z.object({
    id,
    name: z.string(),
    zone: z.string(),
    rootUnitId: id,
    monitoringPeriod: z.string(),
  }),
  roles: z.array(role),
  /** true when the actor sees the whole organization */
  whole: z.boolean(),
  units: z.array(z.object({ id, name: z.string(), kind: z.string(), parentId: id.nullable() })),
  can: z.object({
    editStandards: z.boolean(),
    import: z.boolean(),
    manage: z.boolean(),
    write: z.boolean(),
    reveal: z.boolean(),
  }),
  demo: z.boolean(),
  /** names of those who can grant a role; at most five */
  administrators: z.array(z.string()),
})

export const setUpState = route({
  name: 'setUpState',
  method: 'GET',
  path: '/api/setup',
  summary: { zh: '是否尚未初始化', en: 'Whether the product waits for its set-up' },
  reply: z.object({ waiting: z.literal(true) }),
})

export const setUp = route({
  name: 'setUp',
  method: 'POST',
  path: '/api/setup',
  summary: { zh: '初始化：企业、管理员、指标包', en: 'Set up: organization, administrator, pack' },
  body: z.strictObject({
    code: z.string().min(1).max(40),
    organization: z.string().trim().min(1).max(120),
    name: z.string().trim().min(1).max(60).optional(),
    login,
    password,
    zone: z.string().max(60).default('Asia/Shanghai'),
    language: z.enum(['zh', 'en']).default('zh'),
    pack: packName.default('general'),
    demo: z.boolean().default(false),
  }),
  reply: me,
  status: 201,
  refusals: ['setup_code_wrong', 'unknown_zone'],
})

export const signIn = route({
  name: 'signIn',
  method: 'POST',
  path: '/api/session',
  summary: { zh: '登录', en: 'Sign in' },
  body: z.strictObject({ login: z.string().max(60), password: z.string().max(200) }),
  reply: me,
  refusals: ['sign_in_failed', 'too_many_attempts'],
})

export const signOut = route({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  summary: { zh: '退出登录', en: 'Sign out' },
})

export const whoAmI = route({
  name: 'whoAmI',
  method: 'GET',
  path: '/api/me',
  summary: { zh: '当前用户及权限', en: 'The signed-in user and what they may do' },
  reply: me,
})
export type Me = z.infer<typeof me>

const user = z.object({
  id,
  login: z.string(),
  name: z.string(),
  disabledAt: instant.nullable(),
  grants: z.array(z.object({ role, unitId: id, unitName: z.string(), until: instant.nullable() })),
})

export const listUsers = route({
  name: 'listUsers',
  method: 'GET',
  path: '/api/users',
  summary: { zh: '用户与角色', en: 'Users and their roles' },
  reply: z.object({ items: z.array(user) }),
})

export const createUser = route({
  name: 'createUser',
  method: 'POST',
  path: '/api/users',
  summary: { zh: '新增用户', en: 'Add a user' },
  body: z.strictObject({
    login,
    name: z.string().trim().min(1).max(60),
    password,
    role,
    unitId: id,
    personId: id.optional(),
    until: instant.optional(),
  }),
  reply: user,
  status: 201,
  refusals: ['login_taken', 'not_found'],
})

export const changeRoles = route({
  name: 'changeRoles',
  method: 'PUT',
  path: '/api/users/:id/roles',
  summary: { zh: '修改用户的角色与范围', en: 'Give a user other roles, or other units to hold them in' },
  params: z.strictObject({ id }),
  body: z.strictObject({
    grants: z
      .array(z.strictObject({ role, unitId: id, until: instant.nullable().default(null) }))
      .min(1)
      .max(20),
  }),
  reply: user,
  refusals: ['not_found', 'last_administrator', 'role_twice'],
})

export const disableUser = route({
  name: 'disableUser',
  method: 'POST',
  path: '/api/users/:id/disabling',
  summary: { zh: '停用用户', en: 'Disable a user' },
  params: z.strictObject({ id }),
  reply: user,
  refusals: ['last_administrator'],
})

export const createKey = route({
  name: 'createKey',
  method: 'POST',
  path: '/api/keys',
  summary: { zh: '创建接口令牌（只显示一次）', en: 'Create an API key (shown once)' },
  body: z.strictObject({
    name: z.string().trim().min(1).max(60),
    days: z.number().int().min(1).max(365).default(90),
  }),
  reply: z.object({ key: z.string(), expiresAt: instant }),
  status: 201,
  refusals: ['key_makes_key'],
})

export const changePassword = route({
  name: 'changePassword',
  method: 'POST',
  path: '/api/me/password',
  summary: {
    zh: '修改自己的密码：其他浏览器上的登录随之结束',
    en: 'Change one’s own password: the sign-ins of other browsers end with it',
  },
  body: z.strictObject({ current: z.string().max(200), password }),
  refusals: ['wrong_password', 'key_changes_password'],
})

export const resetUserPassword = route({
  name: 'resetUserPassword',
  method: 'POST',
  path: '/api/users/:id/password',
  summary: {
    zh: '重设密码：账号重新启用，其全部会话结束',
    en: 'Set a new password: the account is enabled again and all its sessions end',
  },
  params: z.strictObject({ id }),
  body: z.strictObject({ password }),
  reply: user,
  refusals: ['not_found'],
})

const key = z.object({
  /** names the key without telling it */
  id: z.string(),
  name: z.string(),
  userName: z.string(),
  login: z.string(),
  createdAt: instant,
  seenAt: instant,
  expiresAt: instant,
})

export const listKeys = route({
  name: 'listKeys',
  method: 'GET',
  path: '/api/keys',
  summary: {
    zh: '接口令牌：自己的；管理员另见其范围内用户的',
    en: 'API keys: one’s own, and for administrators those of the users in reach',
  },
  reply: z.object({ items: z.array(key) }),
})

export const revokeKey = route({
  name: 'revokeKey',
  method: 'DELETE',
  path: '/api/keys/:id',
  summary: { zh: '撤销一个接口令牌', en: 'Revoke one API key' },
  params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) }),
  refusals: ['not_found'],
})
