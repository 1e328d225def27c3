"""Training grammars: short words of judgement, alone and on both sides of a balance."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

_GOOD = (
    "优秀|卓越|杰出|美味|精美|精致|舒适|温暖|欢乐|欣喜|满意|喜欢|喜爱|热爱|佩服|感激|感动|赞|强|妙|美|甜|香|酷|帅|靓|爽|乖|萌|稳|"
    "牛|神了|顶呱呱|呱呱叫|杠杠的|没治了，太好|给力|超赞|巨好|贼好|倍儿棒|特好|挺好|蛮好|真好|极好|最棒|一级棒|真给劲|真心不错|可圈可点|"
    "值|不虚此生|可靠|专业|靠谱|贴心|暖心|走心|用心|良心|细心|大方|豪爽|和气|亲切|友善|慈祥|伟大|光荣|神奇|壮观|雄伟|辉煌|灿烂|鲜艳|绚丽|"
    "清新|明亮|整洁|宽敞|便利|顺利|顺手|流畅|灵敏|耐用|牢靠|实惠|超值|健康|新鲜|嫩滑|酥脆|浓郁|爽滑|醇厚|地道|正宗"
)
_BAD = (
    "恶劣|低劣|丑陋|难看|难听|难吃|难喝|难闻|难受|难堪|痛苦|悲伤|伤心|愤怒|气愤|厌恶|讨厌|憎恨|失望|绝望|后悔|懊恼|烦|差|坏|烂|臭|脏|丑|"
    "假|黑|毒|坑|废|惨|衰|丧|渣|挫|土|次|糙|弱爆了|逊|菜|瞎|蠢|笨|懒|凶|狠|贪|虚伪|狡猾|卑鄙|无耻|下流|恶毒|残忍|冷血|冷漠|无情|自私|"
    "野蛮|粗暴|粗鲁|傲慢|敷衍|拖拉|混乱|破烂|破旧|肮脏|潮湿|阴暗|嘈杂|拥堵|危险|可怕|恐怖|可恶|可恨|可悲|可笑|荒唐|离谱|过分|坑爹|坑人|骗钱|"
    "害人|误事|闹心|糟|窝心火|憋气|别扭|累人|折磨|煎熬|遭罪|受气|吃亏|上当|不行|不灵|不好使|不中用|不像话|不地道|不厚道|没用|没劲|没意思|没诚意|没良心"
)
_SUBJECT = "味道|服务|质量|环境|态度|效果|手感|画质|音效|剧情|演技|气氛|位置|颜色|包装|速度|风格|口感|做工|设计|性能|品质|水平|人品|心情|感觉|体验|结果|表现|天气|景色|价格|文笔|内容|菜品|房间"

GRAMMARS = [
    Grammar(
        "short words of praise",
        "positive",
        700,
        """
        {good}{mark}
        {subject}{very}{good}{mark}
        {subject}{good}，{subject}也{good}
        {very}{good}，{very}{good}{mark}
        {subject}{very}{good}的
        {subject}不{bad}，{very}{good}
        """,
        {
            "good": _GOOD,
            "bad": "差|坏|贵|慢|吵|脏|假",
            "subject": _SUBJECT,
            "very": "很|真|太|非常|特别|超级|好|相当|十分|格外|如此|确实|真是|",
            "mark": "|||！|。|～|👍|😍|💯",
        },
    ),
    Grammar(
        "short words of blame",
        "negative",
        700,
        """
        {bad}{mark}
        {subject}{very}{bad}{mark}
        {subject}{bad}，{subject}也{bad}
        {very}{bad}，{very}{bad}{mark}
        {subject}{very}{bad}的
        {subject}不{good}，{very}{bad}
        {subject}{not_good}{mark}
        """,
        {
            "good": "好|新鲜|干净|专业|走心|友善|稳定",
            "bad": _BAD,
            "subject": _SUBJECT,
            "not_good": "不怎么样|不太行|不好|不太理想|差点意思，失望|跟不上|大不如前|还不如没有|一年比一年差|没有宣传的好|不值一提|不敢恭维啊",
            "very": "很|真|太|非常|特别|超级|好|相当|十分|格外|如此|确实|真是|",
            "mark": "|||！|。|～|👎|😡|💩",
        },
    ),
    Grammar(
        "short words of praise and blame",
        "neutral",
        700,
        """
        {subject}{good}，{but}{subject}{bad}
        {subject}{bad}，{but}{subject}{good}
        {subject}{good}，{but}{subject}不{good}
        {subject}还算{good}，{but}有点{bad}
        {subject}{good}是{good}，{but}{bad}
        虽然{subject}{bad}，但是{subject}{good}
        {subject}一半{good}一半{bad}
        {subject}没那么{good}，也没那么{bad}
        {subject}不{good}也不{bad}
        有人说{subject}{good}，有人说{subject}{bad}
        {subject}时而{good}时而{bad}{mark}
        {subject}有点{bad}，{subject}倒还{good}
        """,
        {
            "good": _GOOD,
            "bad": _BAD,
            "subject": _SUBJECT,
            "but": "但是|不过|就是|可是|只是|可惜|但|只不过",
            "mark": "||。|吧|…",
        },
    ),
]
