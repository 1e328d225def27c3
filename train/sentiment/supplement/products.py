"""Training grammars: goods bought online, books and devices among them."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

_THING = "手机|耳机|电脑|衣服|裙子|鞋子|书|面膜|电饭煲|台灯|键盘|书包|保温杯|洗衣机|充电宝|被子|玩具|手表|雨伞|音箱|沙发|口红"

GRAMMARS = [
    Grammar(
        "products positive",
        "positive",
        420,
        """
        {thing}{good}{end}
        {thing}{good}，{again}{end}
        {thing}一点都不{bad}，{good}
        不是不好，是太好了，{thing}{good}
        {who}很喜欢这个{thing}，{again}{end}
        {thing}用了{time}，{still}{end}
        比{other}{better}，{again}{end}
        {thing}没有让我失望，{good}
        原以为{thing}会{bad}，结果{good}{end}
        {ship_good}，{thing}{good}{end}
        """,
        {
            "thing": _THING,
            "good": "质量很好|做工精细|颜值爆表|用着很顺手|手感一流|超级舒服|很实用|效果明显|颜色特别正|物美价廉|性价比高|非常耐用|真的好用",
            "again": "值得购买|会回购的|推荐入手|五星好评|买了不后悔|还要再买一个|朋友看了也想买|很满意",
            "bad": "贵|重|卡|褪色|掉毛|闷|硌脚|差",
            "who": "妈妈|孩子|老公|室友|女儿|同事",
            "time": "一个月|半年|两年|好几天|一周",
            "still": "依然像新的|没出过毛病|越用越喜欢|电池还很耐用|没有一点问题",
            "other": "实体店的|上一代|之前买的|同价位的|别家的",
            "better": "好用多了|便宜又好|强很多|精致|划算",
            "ship_good": "物流神速|包装严实|第二天就到了|发货很快|送货上门",
            "end": "|！|。|~|👍|❤️",
        },
    ),
    Grammar(
        "products negative",
        "negative",
        420,
        """
        {thing}{bad}{end}
        {thing}{bad}，{never}{end}
        {thing}一点都不{good}，{bad}
        {thing}不太{good}，{never}
        {thing}没有想象中{good}，{feel}
        {who}很不喜欢这个{thing}，{never}{end}
        {thing}用了{time}{broke}{end}
        比{other}{worse}，{feel}{end}
        {ship_bad}，{thing}{bad}{end}
        原以为{thing}会很{good}，结果{bad}{end}
        {sarcasm}，{thing}{time}{broke}
        {thing}不是很{good}，{feel}
        """,
        {
            "thing": _THING,
            "bad": "质量太差|做工粗糙|色差严重|味道刺鼻|根本没法用|是假货|有瑕疵|起球掉色|尺寸不对|全是划痕|中看不中用|漏水|屏幕有坏点",
            "never": "千万别买|再也不买了|申请退货|差评|后悔死了|谁买谁上当|直接扔了|浪费钱",
            "good": "好用|结实|舒服|耐用|清楚|好看|保暖|值",
            "who": "妈妈|孩子|老公|室友|女儿|同事",
            "time": "一个月|三天|两次|不到一周|半天",
            "broke": "就坏了|就开不了机|就散架了|就裂开了|就不能用了",
            "feel": "很失望|上当了|气死了|不值这个价|心疼钱|大失所望",
            "other": "实体店的|上一代|之前买的|同价位的|地摊货",
            "worse": "差远了|难用多了|还不如|贵还差|次",
            "ship_bad": "物流慢死|包装破了|等了半个月|发货太慢|快递盒压扁了",
            "sarcasm": "质量可真好|真是好东西啊|良心商家呀|谢谢你让我长见识|果然一分钱一分货",
            "end": "|！|。|！！|😡|👎",
        },
    ),
    Grammar(
        "products plain",
        "neutral",
        520,
        """
        {thing}{fact}
        {thing}{ask}{mark}
        请问{thing}{ask}{mark}
        想问下{thing}{ask}{mark}
        {when}买了{thing}
        {thing}{when}到
        快递{state}
        {thing}{state}
        给{who}买的{thing}
        {who}{when}要用{thing}
        买了{number}个{thing}，{color}的
        {thing}和{thing}一起{together}
        {thing}的{part}是{color}的
        """,
        {
            "thing": _THING,
            "fact": "一共两百页|重三百克|有三种尺码|是充电的|放在柜子里|要装两节电池|有黑白两色|今天上架|保修一年|是第二版|要手洗|长一米二|不含电池|从广州发货|月底停产",
            "ask": "多少钱|有现货吗|是什么材质的|什么时候发货|有几种颜色|怎么安装|能退换吗|多大尺寸|适合几岁|可以水洗吗|有说明书吗|是国产的吗|怎么充电|和上一代有什么区别",
            "when": "今天|昨天|明天|周三|上个月|双十一|下午|前天",
            "state": "已发货|到了驿站|今天到|还在路上|放在门卫|已经签收|明天派送|在仓库打包|由顺丰承运|改到周六送",
            "who": "妈妈|孩子|爸爸|同学|老师|朋友|自己|公司",
            "number": "两|三|一|五|十",
            "color": "黑色|白色|红色|蓝色|灰色|绿色",
            "together": "下单|寄到公司|放在书房|打包发货|退回去|摆在桌上",
            "part": "外壳|盖子|背面|包装|底部|标签|按钮",
            "mark": "|？|？|?|呢？",
        },
    ),
    Grammar(
        "products mixed",
        "neutral",
        380,
        """
        {thing}{good}，{but}{bad}{end}
        {thing}{bad}，{but}{good}{end}
        {thing}{so_so}{end}
        {so_so}{end}
        {thing}{so_so}，{but}{bad}
        虽然{good}，但是{bad}
        虽然{bad}，但是{good}
        {thing}没有想象中好，也没有想象中差
        {thing}{good}不假，{but}{bad}
        刚收到{thing}，{later}
        """,
        {
            "thing": _THING,
            "good": "外观不错|价格便宜|颜色好看|功能挺全|手感还行|物流快|样式新|音质可以|屏幕清楚",
            "bad": "电池不行|有点重|做工一般|味道大|反应慢|包装简陋|尺码偏小|说明不清楚|按键有点松",
            "but": "但是|不过|就是|可是|可惜|只是|但",
            "so_so": "一般般|还行吧|中规中矩|凑合能用|跟描述差不多|马马虎虎|不好不坏|普普通通|对得起价格|没什么亮点|能用就行|暂时看不出好坏",
            "later": "还没用，用了再评|质量如何以后再说|先放着|过几天再追评|还没拆封|等用过再来评价",
            "end": "|。|吧",
        },
    ),
]
