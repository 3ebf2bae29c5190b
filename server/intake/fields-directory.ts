import type { Field } from './fields.ts'

export const peopleFields: Field[] = [
  {
    name: 'employee_no',
    zh: '工号',
    en: 'Employee number',
    type: 'text',
    aliases: words('员工编号 人员编号 员工号 employee_id staff_no staff_id number'),
  },
  {
    name: 'name',
    zh: '姓名',
    en: 'Name',
    type: 'text',
    required: true,
    personal: true,
    aliases: words('员工姓名 人员 名字 full_name employee_name display_name'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 所属部门 所属团队 team department group'),
  },
  {
    name: 'role',
    zh: '岗位',
    en: 'Role',
    type: 'text',
    aliases: words('职务 角色 职位 岗位名称 position title job_title'),
  },
  {
    name: 'login',
    zh: '登录名',
    en: 'Login',
    type: 'text',
    personal: true,
    aliases: words('账号 用户名 帐号 username account user'),
  },
  {
    name: 'phone',
    zh: '电话',
    en: 'Phone',
    type: 'text',
    personal: true,
    aliases: words('手机 手机号 联系电话 mobile telephone'),
  },
  {
    name: 'email',
    zh: '邮箱',
    en: 'Email',
    type: 'text',
    personal: true,
    aliases: words('电子邮件 邮件 e-mail mail email_address'),
  },
  {
    name: 'from',
    zh: '到岗日期',
    en: 'From',
    type: 'date',
    aliases: words('入职日期 开始日期 生效日期 起始日期 hire_date start_date since'),
  },
  {
    name: 'to',
    zh: '离岗日期',
    en: 'To',
    type: 'date',
    aliases: words('离职日期 结束日期 截止日期 end_date until leave_date'),
  },
]

export const productFields: Field[] = [
  {
    name: 'code',
    zh: '产品编码',
    en: 'Code',
    type: 'text',
    required: true,
    aliases: words('编码 产品编号 编号 物料号 物料编码 sku product_code product_id id item_code model'),
  },
  {
    name: 'name',
    zh: '产品名称',
    en: 'Name',
    type: 'text',
    required: true,
    aliases: words('名称 产品 产品型号 型号 品名 product product_name title'),
  },
  {
    name: 'category',
    zh: '产品类别',
    en: 'Category',
    type: 'text',
    aliases: words('类别 分类 产品分类 品类 product_category product_line family type'),
  },
  {
    name: 'launch_on',
    zh: '导入期开始',
    en: 'Launch from',
    type: 'date',
    aliases: words('投放日期 上市日期 上市期 投放期 导入期 launch launch_date launched_on release_date'),
  },
  {
    name: 'growth_on',
    zh: '成长期开始',
    en: 'Growth from',
    type: 'date',
    aliases: words('成长期 成长期日期 growth growth_date growth_from'),
  },
  {
    name: 'maturity_on',
    zh: '成熟期开始',
    en: 'Maturity from',
    type: 'date',
    aliases: words('成熟期 成熟期日期 maturity maturity_date maturity_from'),
  },
]

function words(list: string): string[] {
  return list.split(' ')
}
