"""The words printed on forms, and what they are misread as."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """What a printed word announces."""

    INVOICE_CODE = "invoice_code"
    INVOICE_NUMBER = "invoice_number"
    NUMBER_SIGN = "number_sign"
    """№, without the word."""
    ISSUE_DATE = "issue_date"
    TICKET_NUMBER = "ticket_number"
    CHECK_CODE = "check_code"
    MACHINE_NUMBER = "machine_number"
    NAME = "name"
    BUYER_NAME = "buyer_name"
    SELLER_NAME = "seller_name"
    TAX_ID = "tax_id"
    BUYER_TAX_ID = "buyer_tax_id"
    SELLER_TAX_ID = "seller_tax_id"
    BUYER = "buyer"
    SELLER = "seller"
    ADDRESS = "address"
    BANK = "bank"
    ITEM = "item"
    MODEL = "model"
    UNIT = "unit"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    TAX_RATE = "tax_rate"
    TAX = "tax"
    SUM = "sum"
    TOTAL = "total"
    CAPITALS = "capitals"
    FIGURES = "figures"
    PAID = "paid"
    """What a receipt or a ticket calls its total."""
    REMARKS = "remarks"
    CIPHER = "cipher"
    PEOPLE = "people"
    STAMP = "stamp"


# Without spaces, in the form of `one_form`. Longer words win over those they contain.
WORDS: dict[Label, tuple[str, ...]] = {
    Label.INVOICE_CODE: ("发票代码", "票据代码"),
    Label.INVOICE_NUMBER: ("发票号码", "票据号码", "发票号", "发票No"),
    Label.NUMBER_SIGN: ("No.", "No:", "No", "N0.", "N0:", "N°", "Nº", "NO.", "NO:", "NO", "票号:"),
    Label.ISSUE_DATE: ("开票日期", "开具日期", "填开日期", "开票时间", "日期:", "日期"),
    Label.TICKET_NUMBER: ("电子客票号", "客票号"),
    Label.CHECK_CODE: ("校验码",),
    Label.MACHINE_NUMBER: ("机器编号", "机打号码", "机打代码", "税控码", "机器号码"),
    Label.NAME: ("名称",),
    Label.BUYER_NAME: (
        "购买方名称", "购方名称", "购货单位名称", "购货方名称", "购买单位", "付款单位", "付款方名称", "付款方",
        "付款人", "客户名称", "交款单位", "交款人", "今收到", "兹收到", "发票抬头", "抬头",
    ),
    Label.SELLER_NAME: (
        "销售方名称", "销方名称", "销货单位名称", "销货方名称", "收款单位名称", "收款单位", "收款方名称", "收款方",
        "开票单位", "商户名称", "商家名称",
    ),
    Label.TAX_ID: (
        "统一社会信用代码/纳税人识别号", "统一社会信用代码纳税人识别号", "统一社会信用代码", "纳税人识别号",
        "纳税识别号", "纳税人登记号", "税号",
    ),
    Label.BUYER_TAX_ID: (
        "购买方纳税人识别号", "购方纳税人识别号", "购买方统一社会信用代码/纳税人识别号", "购买方税号", "购方税号",
        "购买方统一社会信用代码", "购方统一社会信用代码",
    ),
    Label.SELLER_TAX_ID: (
        "销售方纳税人识别号", "销方纳税人识别号", "销售方统一社会信用代码/纳税人识别号", "销售方税号", "销方税号",
        "销售方统一社会信用代码", "销方统一社会信用代码", "收款方纳税人识别号", "收款方税号", "收款单位税号",
    ),
    Label.BUYER: ("购买方信息", "购买方", "购货单位", "购货方", "购方"),
    Label.SELLER: ("销售方信息", "销售方", "销货单位", "销货方", "销方"),
    Label.ADDRESS: ("地址,电话", "地址电话", "地址", "电话"),
    Label.BANK: ("开户行及账号", "开户行及帐号", "开户银行", "银行账号", "账号"),
    Label.ITEM: (
        "货物或应税劳务,服务名称", "货物或应税劳务名称", "货物或应税劳务", "服务名称", "项目名称", "商品名称",
        "货物名称", "品名", "收费项目", "项目",
    ),
    Label.MODEL: ("规格型号",),
    Label.UNIT: ("单位",),
    Label.QUANTITY: ("数量",),
    Label.PRICE: ("单价",),
    Label.AMOUNT: ("不含税金额", "合计金额", "金额"),
    Label.TAX_RATE: ("税率/征收率", "征收率", "税率"),
    Label.TAX: ("合计税额", "税额"),
    Label.SUM: ("合计",),
    Label.TOTAL: ("价税合计",),
    Label.CAPITALS: ("(大写)", "大写", "人民币"),
    Label.FIGURES: ("(小写)", "小写"),
    Label.PAID: ("实收金额", "实付金额", "应收金额", "总金额", "总计", "总额", "实收", "实付", "应付", "票价", "共计"),
    Label.REMARKS: ("备注",),
    Label.CIPHER: ("密码区",),
    Label.PEOPLE: ("收款人", "复核人", "复核", "开票人", "经手人", "会计", "出纳", "收银员"),
    Label.STAMP: ("销售方:(章)", "销售方(章)", "销货单位:(章)", "销货单位(章)", "收款单位(章)",
                  "收款单位(盖章)", "单位盖章"),
}  # fmt: skip

# Two characters are too few to allow any misreading; these are the likely ones.
MISREADINGS: dict[Label, tuple[str, ...]] = {
    Label.NAME: ("名祢", "名弥", "名稱", "各称", "名林", "茗称"),
    Label.SUM: ("合汁", "合讨", "台计", "会计金额", "合十"),
    Label.AMOUNT: ("金頟", "全额", "金领"),
    Label.TAX: ("税頟", "税领", "锐额"),
    Label.FIGURES: ("小与", "小号"),
}

# What is left of a label when a detector lost its first characters; only at the beginning of a line, with a colon.
REMNANTS: dict[Label, tuple[str, ...]] = {
    Label.NAME: ("称:",),
    Label.TAX_ID: ("识别号:", "人识别号:", "别号:", "用代码/纳税人识别号:", "会信用代码/纳税人识别号:"),
    Label.INVOICE_CODE: ("票代码:", "代码:"),
    Label.INVOICE_NUMBER: ("票号码:", "号码:"),
    Label.ISSUE_DATE: ("票日期:",),
}

# A word inside a longer one that says something else.
NOT_BEFORE = {"单位": "购销收付交款用", "地址": "网", "项目": "费"}
