"""Titles, headings of tables and sentences in the terminal: English to Russian and Kazakh."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # titles
    "{ends}, least {least} by {by}": ("{ends}, {least} {by}", "{ends}, {by}, {least}"),
    "Skims by {by}, least {least}": ("Матрица поездок {by}, {least}", "Сапарлар матрицасы {by}, {least}"),
    "Within {hours} h of {place} by {by}": ("За {hours} ч от: {place}, {by}", "{place}: {hours} сағ ішінде, {by}"),
    "Dependency of {country} on transit through {through} by {by}, least {least}": (
        "{country}: зависимость от транзита через {through} {by}, {least}",
        "{country}: {through} арқылы транзитке тәуелділік, {by}, {least}",
    ),
    "Dependency of {country} on transit through {through} by {by}, {years}": (
        "{country}: зависимость от транзита через {through} {by}, {years}",
        "{country}: {through} арқылы транзитке тәуелділік, {by}, {years}",
    ),
    "Criticality of each crossing by {by}, least {least}": (
        "Критичность каждого перехода {by}, {least}",
        "Әр өткелдің маңыздылығы, {by}, {least}",
    ),
    "Worst {size} crossings together by {by}, least {least}": (
        "Худшие сочетания переходов ({size}) {by}, {least}",
        "Ең ауыр {size} өткел бірге, {by}, {least}",
    ),
    "Robustness against failing crossings by {by}": (
        "Устойчивость к отказу переходов {by}",
        "Өткелдердің істен шығуына төзімділік, {by}",
    ),
    "Connectivity of border regions by {by}, least {least}": (
        "Связность приграничных регионов {by}, {least}",
        "Шекара маңы өңірлерінің байланыстылығы, {by}, {least}",
    ),
    "Scenarios against {scenario} by {by}, least {least}": (
        "Сценарии в сравнении со сценарием «{scenario}» {by}, {least}",
        "Сценарийлер «{scenario}» сценарийімен салыстырғанда, {by}, {least}",
    ),
    "What the literature says, and what the network has": (
        "Что говорит литература и что есть в сети",
        "Әдебиет не дейді және желіде не бар",
    ),
    "Contents of the network": ("Содержание сети", "Желінің мазмұны"),
    "Coverage of the network": ("Полнота сети", "Желінің толықтығы"),
    # routes
    "Route {rank}": ("Маршрут {rank}", "{rank}-бағыт"),
    "{rank}. {km} km, {hours} h (of them {wait} h at the border), {usd} USD; {countries}": (
        "{rank}. {km} км, {hours} ч (из них на границе {wait} ч), {usd} USD; {countries}",
        "{rank}. {km} км, {hours} сағ (оның шекарада {wait} сағ), {usd} USD; {countries}",
    ),
    "{km} km in {country}": ("{country} {km} км", "{country} {km} км"),
    "{crossing} into {country} at km {at}, {hours} h": (
        "{crossing}: въезд, {country}, на {at}-м км, {hours} ч",
        "{crossing}: кіру, {country}, {at}-км, {hours} сағ",
    ),
    "Avoiding {country} costs {km} km and {hours} h more: without it {free_km} km, {free_h} h": (
        "Путь без въезда ({country}) длиннее на {km} км и {hours} ч; если въезжать: {free_km} км, {free_h} ч",
        "Кірмей өту ({country}) {km} км және {hours} сағ артық; кірсе: {free_km} км, {free_h} сағ",
    ),
    "Waits drawn {draws} times (seed {seed}, correlation {correlation}); arrival in hours after departure": (
        "Ожидание разыграно {draws} раз (зерно {seed}, корреляция {correlation}); прибытие в часах после отправления",
        "Күту {draws} рет сыналды (бастау саны {seed}, корреляция {correlation}); келу — шыққаннан кейінгі сағатпен",
    ),
    "probability: share of draws whose best route passes the crossing; a route may pass several": (
        "вероятность: доля розыгрышей, где лучший маршрут идёт через переход; маршрут может пройти несколько",
        "ықтималдық: үздік бағыты өткел арқылы өтетін сынақтар үлесі; бағыт бірнешеуінен өтуі мүмкін",
    ),
    "All {draws} draws are alike: no wait on the way has a P10 and P90": (
        "Все розыгрыши ({draws}) одинаковы: ни у одного ожидания на пути нет P10 и P90",
        "Барлық сынақ ({draws}) бірдей: жолдағы бірде-бір күтудің P10 мен P90 мәні жоқ",
    ),
    "Least {what}: waits do not decide, every draw has the same best route": (
        "Минимум — {what}: ожидание не влияет на выбор, лучший маршрут всегда один и тот же",
        "Ең азы — {what}: күту таңдауға әсер етпейді, үздік бағыт барлық сынақта бірдей",
    ),
    "route {rank}, fixed before departure": ("маршрут {rank}, выбран заранее", "{rank}-бағыт, алдын ала таңдалған"),
    "Arrival": ("Прибытие", "Келу"),
    "Crossings chosen when re-optimised in each draw": (
        "Переходы, если в каждом розыгрыше выбирать лучший маршрут",
        "Әр сынақта үздік бағыт таңдалса, қолданылатын өткелдер",
    ),
    # skims and reach
    "{count} ordered pairs; the first {most}. --format csv or json gives all.": (
        "Упорядоченных пар: {count}; здесь первые {most}. Все даёт --format csv или json.",
        "Реттелген жұптар: {count}; мұнда алғашқы {most}. Бәрі: --format csv не json.",
    ),
    "{zones} zones with {people} people; without waits {free_zones} zones with {free_people}": (
        "Зон: {zones}, население {people}; без ожидания зон: {free_zones}, население {free_people}",
        "Аймақтар: {zones}, халқы {people}; күтусіз аймақтар: {free_zones}, халқы {free_people}",
    ),
    # dependency
    "Dependency {share} of weight ({dependent} of {pairs} pairs); without it dearer: {savings}": (
        "Зависимость {share} веса (пар: {dependent} из {pairs}); без транзита дороже: {savings}",
        "Тәуелділік: салмақтың {share} (жұптар: {dependent}, барлығы {pairs}); транзитсіз қымбаттайтыны: {savings}",
    ),
    "{share} by over {saving}%": ("{share} более чем на {saving}%", "{share} — {saving}%-дан астам"),
    "Captive {captive}, unserved {unserved}, km in {country} {abroad} of all km": (
        "Безальтернативно {captive}, не обслужено {unserved}; {country}: {abroad} всех километров",
        "Баламасыз {captive}, орындалмаған {unserved}; {country}: барлық километрдің {abroad}",
    ),
    "Avoiding {country} costs dependent pairs {mean} more on average (median {median}, worst {worst})": (
        "Объезд ({country}) дороже для зависимых пар в среднем на {mean} (медиана {median}, худшее {worst})",
        "Айналып өту ({country}) тәуелді жұптарға орта есеппен {mean} қымбат (медиана {median}, ең нашары {worst})",
    ),
    "Waits drawn {draws} times (seed {seed}, correlation {correlation}): dependency {spread}, mean {mean}": (
        "Ожидание разыграно {draws} раз (зерно {seed}, корреляция {correlation}): зависимость {spread}, среднее {mean}",
        "Күту {draws} рет сыналды (бастау саны {seed}, корреляция {correlation}): тәуелділік {spread}, орташа {mean}",
    ),
    "Least {what}: waits do not decide, the dependency is the same in every draw": (
        "Минимум — {what}: ожидание не влияет на выбор, зависимость во всех розыгрышах одна и та же",
        "Ең азы — {what}: күту таңдауға әсер етпейді, тәуелділік барлық сынақта бірдей",
    ),
    "By region of origin": ("По регионам отправления", "Шыққан өңірлер бойынша"),
    "By crossing": ("По переходам", "Өткелдер бойынша"),
    "By corridor": ("По коридорам", "Дәліздер бойынша"),
    "Share by crossing in the draws": ("Доля переходов в розыгрышах", "Сынақтардағы өткелдер үлесі"),
    "If assumptions were otherwise": ("Если допущения иные", "Жорамалдар өзге болса"),
    "lengths in {country}": ("длины: {country}", "ұзындықтар: {country}"),
    "x {factor}": ("× {factor}", "× {factor}"),
    "table of {count} pairs": ("таблица, пар: {count}", "кесте, жұптар: {count}"),
    # crossings
    "{unit} per weighted pair": ("{unit} на взвешенную пару", "салмақталған жұпқа {unit}"),
    "criticality: {words} per weighted pair; unserved and use: share of all weight": (
        "критичность: {words} на взвешенную пару; не обслужено и поездки: доля всего веса",
        "маңыздылық: салмақталған жұпқа {words}; орындалмаған және сапарлар: бүкіл салмақтың үлесі",
    ),
    "Exact: all {sets} sets compared; {solved} closures solved.": (
        "Точно: сравнены все сочетания ({sets}); рассчитано закрытий: {solved}.",
        "Дәл: барлық жиын салыстырылды ({sets}); есептелген жабылулар: {solved}.",
    ),
    "Greedy, no guarantee: only the last crossing of a set varies, of {sets} sets.": (
        "Жадный поиск, без гарантии: меняется лишь последний переход сочетания; всего сочетаний: {sets}.",
        "Ашкөз іздеу, кепілсіз: жиынның соңғы өткелі ғана өзгереді; барлық жиын: {sets}.",
    ),
    "Unserved share: no set can exceed {bound}.": (
        "Необслуженная доля: ни одно сочетание не превысит {bound}.",
        "Орындалмаған үлес: ешбір жиын {bound} мәнінен аспайды.",
    ),
    "criticality: {words} per weighted pair; sum alone: of its crossings, each shut alone": (
        "критичность: {words} на взвешенную пару; сумма порознь: каждый переход закрыт один",
        "маңыздылық: салмақталған жұпқа {words}; жеке-жеке қосындысы: әр өткел жалғыз жабылғанда",
    ),
    "Robustness: share of cross-border weight still served, mean over 1 to all failed": (
        "Устойчивость: доля трансграничного веса, которая ещё обслуживается, в среднем от 1 отказа до всех",
        "Төзімділік: әлі орындалатын трансшекаралық салмақ үлесі, 1 істен шығудан бәріне дейінгі орташа",
    ),
    "worst first {worst}; at random {mean} (P10 {low}, P90 {high} of {orders} orders)": (
        "сначала худший {worst}; случайно {mean} (P10 {low}, P90 {high}; порядков: {orders})",
        "ең нашарынан бастап {worst}; кездейсоқ {mean} (P10 {low}, P90 {high}; реттер: {orders})",
    ),
    "extra: {words} per weighted pair still served": (
        "прибавка: {words} на ещё обслуживаемую взвешенную пару",
        "қосымша: әлі орындалатын салмақталған жұпқа {words}",
    ),
    "The border": ("Граница", "Шекара"),
    "How well the border is crossed": ("Насколько граница проницаема", "Шекараның өтімділігі"),
    # scenarios
    "cost: {words} per weighted pair, over pairs joined before and after; unserved, changed: share of weight": (
        "затраты: {words} на взвешенную пару, по парам со связью до и после; не обслужено, изменилось: доля веса",
        "шығын: салмақталған жұпқа {words}, бұрын да, кейін де байланысқан жұптар; қалғаны: салмақ үлесі",
    ),
    "Pairs that begin in {country}": ("Пары, начало которых: {country}", "Басталатын жері: {country}"),
    "Dependency of the own pairs of {country} on {through}": (
        "{country}: зависимость внутренних пар от пути через {through}",
        "{country}: ішкі жұптардың {through} арқылы жолға тәуелділігі",
    ),
    "{name}: {count} regions change": ("{name}: изменений в регионах: {count}", "{name}: өзгеретін өңірлер: {count}"),
    "{name}: {count} regions change, the first {most}; --format csv gives all": (
        "{name}: изменений в регионах: {count}, здесь первые {most}; все даёт --format csv",
        "{name}: өзгеретін өңірлер: {count}, мұнда алғашқы {most}; бәрі: --format csv",
    ),
    "{name}: the heaviest pairs that change": (
        "{name}: самые весомые пары с изменениями",
        "{name}: өзгеретін ең салмақты жұптар",
    ),
    "closed {ids}": ("закрыты {ids}", "жабық: {ids}"),
    "closed all crossings of {ids}": ("закрыты все переходы {ids}", "барлық өткелі жабық: {ids}"),
    "{id} waits {hours} h": ("{id}: ожидание {hours} ч", "{id}: күту {hours} сағ"),
    "waits times {factor}": ("ожидание × {factor}", "күту × {factor}"),
    "built {ids}": ("построены {ids}", "салынған: {ids}"),
    "{id} at {speed} km/h": ("{id}: {speed} км/ч", "{id}: {speed} км/сағ"),
    # years
    "Each year as of its last day, the last as of {date}.": (
        "Каждый год — на его последний день, последний — на {date}.",
        "Әр жыл — соңғы күніне, ең соңғысы — {date} күніне.",
    ),
    "The network holds no history: its table of periods is empty, so every year is as today, dependency {share}.": (
        "В сети нет истории: её таблица периодов пуста, поэтому каждый год — как сегодня, зависимость {share}.",
        "Желіде тарих жоқ: кезеңдер кестесі бос, сондықтан әр жыл — бүгінгідей, тәуелділік {share}.",
    ),
    "Years left out are as the one before.": (
        "Пропущенные годы — как предыдущий.",
        "Түсіп қалған жылдар — алдыңғысындай.",
    ),
    "Zones and weights are those of {date}, waits those assumed today.": (
        "Зоны и веса взяты на {date}, ожидание — как предполагается сегодня.",
        "Аймақтар мен салмақтар {date} күніндегідей, күту — бүгінгі жорамалдай.",
    ),
    "{count} more days changed less than shows here.": (
        "Дней с изменениями меньше показанных: {count}.",
        "Мұнда көрінбейтін аз өзгерген күндер: {count}.",
    ),
    "What changed on the days it moved": ("Что изменилось в дни сдвигов", "Өзгерген күндері не болды"),
    # what is in the network
    "{places} places; {nodes} nodes, of them named on railways {named_rail_nodes}, on roads {named_road_nodes}; "
    "{links} links, {crossings} crossings, {corridors} corridors, {periods} periods, {sources} sources": (
        (
            "Места: {places}; узлы: {nodes}, из них с названием на железной дороге {named_rail_nodes}, на автодорогах "
            "{named_road_nodes}; звенья: {links}; переходы: {crossings}; коридоры: {corridors}; периоды: {periods}; "
            "источники: {sources}"
        ),
        (
            "Орындар: {places}; түйіндер: {nodes}, оның атауы бары теміржолда {named_rail_nodes}, автожолда "
            "{named_road_nodes}; буындар: {links}; өткелдер: {crossings}; дәліздер: {corridors}; кезеңдер: {periods}; "
            "дереккөздер: {sources}"
        ),
    ),
    "Gaps": ("Пробелы", "Олқылықтар"),
    "Length of links": ("Длина звеньев", "Буындардың ұзындығы"),
    "Crossings": ("Переходы", "Өткелдер"),
    "Within reach only without waits": ("Достижимо только без ожиданий", "Тек күтусіз жетуге болатындар"),
    "{share} of rail km are apportioned or estimated lengths": (
        "{share} километров железных дорог: длина распределена или оценена",
        "теміржол километрлерінің {share}: ұзындығы бөліп есептелген немесе бағаланған",
    ),
    "{share} of road km are apportioned or estimated lengths": (
        "{share} километров автодорог: длина распределена или оценена",
        "автожол километрлерінің {share}: ұзындығы бөліп есептелген немесе бағаланған",
    ),
    "{count} of {all} crossings have an estimated position": (
        "место оценено у {count} переходов из {all}",
        "{all} өткелдің {count} орны бағаланған",
    ),
    "crossings without links: {ids}": ("переходы без звеньев: {ids}", "буынсыз өткелдер: {ids}"),
    "{share} of the waits are assumptions: no figure per crossing is published": (
        "{share} ожиданий — допущения: данных по переходам никто не публикует",
        "күтудің {share} — жорамал: өткелдер бойынша дерек жарияланбайды",
    ),
    "{column} unknown on {share} of rail links": (
        "{column}: неизвестно у {share} железнодорожных звеньев",
        "{column}: теміржол буындарының {share} белгісіз",
    ),
    "{column} unknown on {share} of road links": (
        "{column}: неизвестно у {share} автодорожных звеньев",
        "{column}: автожол буындарының {share} белгісіз",
    ),
    "{column} unknown at {share} of crossings": (
        "{column}: неизвестно у {share} переходов",
        "{column}: өткелдердің {share} белгісіз",
    ),
    "tracks": ("число путей", "жол саны"),
    "electrified": ("электрификация", "электрлендіру"),
    "lanes": ("число полос", "жолақ саны"),
    "surface": ("покрытие", "жабыны"),
    "hours_per_day": ("часы работы", "жұмыс сағаты"),
    "capacity_per_day": ("пропускная способность", "өткізу қабілеті"),
    "Without reference lists (--reference DIR): stations and pairs of checkpoints are not measured": (
        "Без справочных списков (--reference DIR): станции и пары пунктов пропуска не проверены",
        "Анықтамалық тізімдерсіз (--reference DIR): стансалар мен бақылау бекеттерінің жұптары тексерілмеді",
    ),
    "{measure}: {count} left out": ("{measure}: не вошло {count}", "{measure}: кірмегені {count}"),
    "{measure}: {count} left out, the first {most}": (
        "{measure}: не вошло {count}, здесь первые {most}",
        "{measure}: кірмегені {count}, мұнда алғашқы {most}",
    ),
    "{ratio} times the great circle of its ends": (
        "в {ratio} раза длиннее прямой между концами",
        "ұштарының арасындағы түзуден {ratio} есе ұзын",
    ),
    "{km} km without a point; its length lets it bend away by at most {bend} km": (
        "{km} км без точки; длина позволяет отойти не более чем на {bend} км",
        "{km} км нүктесіз; ұзындығы ең көбі {bend} км ауытқуға мүмкіндік береді",
    ),
    "{km} km off": ("в стороне на {km} км", "{km} км шетте"),
    "{km} km from its nearest neighbour": ("{km} км до ближайшей соседней", "ең жақын көршісіне {km} км"),
    "{km} km from the nearest railway": ("{km} км до ближайшей железной дороги", "ең жақын теміржолға {km} км"),
    "not joined to {place}": ("не связана: {place}", "байланыспаған: {place}"),
    # what is said beside the answer
    "{text} taken as {name}": ("{text} понято как {name}", "{text} — {name} деп алынды"),
    "what was drawn is not in {format}, only in table and json": (
        "разыгранного нет в {format}, оно есть только в table и json",
        "сынақ нәтижесі {format} пішімінде жоқ, тек table мен json ішінде",
    ),
    "{count} files in {folder}: open {page}": (
        "файлов в {folder}: {count}; откройте {page}",
        "{folder} ішіндегі файлдар: {count}; {page} ашыңыз",
    ),
    "{folder}: no problems": ("{folder}: ошибок нет", "{folder}: қате жоқ"),
    "{folder}: {count} problem": ("{folder}: ошибок: {count}", "{folder}: қателер: {count}"),
    "{folder}: {count} problems": ("{folder}: ошибок: {count}", "{folder}: қателер: {count}"),
    "{folder}: network/ and data/ written; edit them, then: corridors validate {again}": (
        "{folder}: записаны network/ и data/; правьте их, затем: corridors validate {again}",
        "{folder}: network/ және data/ жазылды; өзгертіп, кейін: corridors validate {again}",
    ),
    "writing tables": ("запись таблиц", "кестелер жазылуда"),
    "writing index.html": ("запись index.html", "index.html жазылуда"),
    "drawing {file}": ("рисунок {file}", "{file} салынуда"),
    "{what}: {done} of {of}": ("{what}: {done} из {of}", "{what}: {done} / {of}"),
    "{name}: {km} km, {count} stops": ("{name}: {km} км, остановок: {count}", "{name}: {km} км, аялдама саны: {count}"),
    "Branch {n}": ("Ветвь {n}", "{n}-тармақ"),
    "Corridors": ("Коридоры", "Дәліздер"),
    "Criticality in the draws": ("Критичность в розыгрышах", "Іріктемелердегі маңыздылық"),
    "Waits drawn {draws} times (seed {seed}, correlation {correlation}) and ranked again; "
    "first: share of draws in which it ranks first": (
        (
            "Ожидание разыграно раз: {draws} (затравка {seed}, корреляция {correlation}), и переходы расставлены "
            "заново; первый: доля розыгрышей, где переход на первом месте"
        ),
        (
            "Күту уақыты {draws} рет іріктелді (бастапқы мән {seed}, корреляция {correlation}), өткелдер қайта "
            "ретке қойылды; бірінші: өткел бірінші орында тұрған іріктемелер үлесі"
        ),
    ),
    "{file}: {size} MB, everything in it; open it in a browser": (
        "{file}: {size} МБ, всё внутри; откройте в браузере",
        "{file}: {size} МБ, бәрі ішінде; браузерде ашыңыз",
    ),
    "reading the network": ("чтение сети", "желі оқылуда"),
    "solving": ("расчёт", "есептеу"),
    "drawing": ("рисование", "сурет салу"),
    "closures": ("закрытия", "жабылулар"),
    "failures": ("отказы", "істен шығулар"),
    "scenarios": ("сценарии", "сценарийлер"),
    "claims": ("утверждения", "тұжырымдар"),
}
