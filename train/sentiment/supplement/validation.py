"""Validation grammars: other templates and words than training's; strength and calibration are chosen by them."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

GRAMMARS = [
    Grammar(
        "validation positive opinions",
        "positive",
        170,
        """
        {subject}{good}，{close}{mark}
        {close}，{subject}{good}
        要说{subject}，我只能说{good}{mark}
        {subject}果真{good}
        {subject}不光{good}，还{good}
        {subject}挑不出错，{close}
        """,
        {
            "subject": "电饼铛|舞台剧|广场舞|公园|牙医|水果店|钢琴课|相机|豆腐|地铁站|理发店|球鞋|动画片|拉面|收纳盒",
            "good": "出色|棒极了|让人舒心|名不虚传|干净利落|妙趣横生|十分周全|服帖|很对胃口|惹人喜爱",
            "close": "我很中意|真心夸一夸|越看越欢喜|值得一试|给好评|感激不尽|快乐加倍|下回还选它",
            "mark": "|！|。|💖|😁",
        },
    ),
    Grammar(
        "validation negative opinions",
        "negative",
        170,
        """
        {subject}{bad}，{close}{mark}
        {close}，{subject}{bad}
        要说{subject}，我只能说{bad}{mark}
        {subject}果真{bad}
        {subject}不光{bad}，还{bad}
        {subject}远不如从前，{close}
        """,
        {
            "subject": "电饼铛|舞台剧|广场舞|公园|牙医|水果店|钢琴课|相机|豆腐|地铁站|理发店|球鞋|动画片|拉面|收纳盒",
            "bad": "糟糕|烂透了|让人窝火|徒有虚名|邋里邋遢|枯燥乏味|漏洞太多|劣质|倒人胃口|招人厌",
            "close": "我很不爽|真心想骂|越想越生气|谁也别试|给低分|欲哭无泪|亏大发了|绝不再选",
            "mark": "|！|。|💀|😾",
        },
    ),
    Grammar(
        "validation neutral questions",
        "neutral",
        170,
        """
        {subject}{ask}{mark}
        打听一下，{subject}{ask}{mark}
        各位，{subject}{ask}{mark}
        {day}{ask_day}{mark}
        麻烦问一句，{day}{ask_day}{mark}
        """,
        {
            "subject": "电饼铛|舞台剧|广场舞|公园|牙医|水果店|钢琴课|相机|豆腐|地铁站|理发店|球鞋|动画片|拉面|收纳盒",
            "ask": "排到几号|由谁负责|在几楼|要花多少时间|归哪里管|什么价位|是哪家做的|怎么预定|能团购吗|对面是什么",
            "day": "植树节|冬至那天|愚人节|国庆长假|中元节|大寒|立春|年三十",
            "ask_day": "学校上课吗|幼儿园开门没|有没有班车|钱几号发|吃什么|到哪儿集合|算第几周",
            "mark": "|？|?|啊？|呐",
        },
    ),
    Grammar(
        "validation neutral statements",
        "neutral",
        170,
        """
        {subject}{fact}
        {person}{day}{act}
        {day}{person}{act}
        {subject}{fact}，{person}{act}
        """,
        {
            "subject": "电饼铛|舞台剧|广场舞|公园|牙医|水果店|钢琴课|相机|豆腐|地铁站|理发店|球鞋|动画片|拉面|收纳盒",
            "fact": "开在桥头|编号零八|八十块|只收现金|排在第四位|共两种|是表哥介绍的|分三档|挪到隔壁了|安排在单周",
            "person": "班长|会计|堂弟|舅妈|小组成员|保安|房东",
            "day": "植树节|冬至那天|愚人节|国庆长假|中元节|大寒|立春|年三十",
            "act": "去了县里|打印材料|坐夜车|交了一份名单|喝了杯茶|在家带孩子|办了手续|买了两斤苹果|递交表格",
        },
    ),
    Grammar(
        "validation mixed",
        "neutral",
        170,
        """
        {subject}{good}，{turn}{bad}
        {subject}{bad}，{turn}{good}
        {subject}{middle}
        {subject}{middle}，{turn}{bad}
        {middle}，{turn}{good}
        """,
        {
            "subject": "电饼铛|舞台剧|广场舞|公园|牙医|水果店|钢琴课|相机|豆腐|地铁站|理发店|球鞋|动画片|拉面|收纳盒",
            "good": "手艺不赖|上手容易|挺近的|花样多|服务到位|成色好",
            "bad": "收费高|名额少|有股味儿|略显粗糙|太挤|偏远",
            "turn": "美中不足的是|只可惜|却|而|好在|不足之处是",
            "middle": "凑凑合合|没多大感觉|勉勉强强|及格而已|没好到哪去也没坏到哪去|平平无奇|正常发挥",
        },
    ),
    Grammar(
        "validation greetings",
        "positive",
        100,
        """
        {person}，{day}{hello}{mark}
        {hope}，{hope}{mark}
        {day}{warm}{mark}
        """,
        {
            "person": "班长|会计|堂弟|舅妈|小组成员|保安|房东",
            "day": "植树节|冬至那天|愚人节|国庆长假|中元节|大寒|立春|年三十",
            "hello": "问候您|温暖相伴|开开心心|好好犒劳自己|大吉",
            "hope": "愿风调雨顺|愿人人康健|愿日子红红火火|愿好事成双|愿百花齐放|愿顺风顺水",
            "warm": "一家老小乐呵呵|发了奖金真痛快|亲手包的饺子最香甜|看灯会好兴奋|外出踏青神清气爽",
            "mark": "|！|。|🌸|😁",
        },
    ),
    Grammar(
        "validation holiday troubles",
        "negative",
        100,
        """
        {day}{trouble}{mark}
        {trouble}，{sigh}{mark}
        {day}{sigh}，{trouble}
        """,
        {
            "day": "植树节|冬至那天|愚人节|国庆长假|中元节|大寒|立春|年三十",
            "trouble": "断水断电|被罚款两百|车胎爆了|饭局喝到吐|轮到我守岗没人替|红包发错人要不回来|大巴超载|寄的东西丢件了",
            "sigh": "真晦气得很|苦不堪言|越过越没劲|气不打一处来|伤心透了|好惨",
            "mark": "|！|。|💀|😿",
        },
    ),
]
