"""written.py: texts of our own writing: site furniture, and reports that a newsroom fills in day after day (results, weather, obituaries, police logs, earnings, market notes).
A site chooses its phrasings once, from its own random source; the facts of a page come from another."""
import re

FIRST = "Anna Peter Marta Lucas Ines Tom Clara Hugo Elsa Martin Ruth Oscar Nora Felix Dora Simon Lena Victor Ada Conrad Edith Walter Irma Leo".split()
LAST = "Harrow Lindqvist Okoro Marsh Petrie Vance Aldous Brandt Quill Sorensen Tate Umber Yardley Finch Gallow Hobbs Ivers Jessup Kestrel Lowe Mabry Noakes Orton Pell".split()
TOWN = "Ashby Brindle Corran Dunmore Eastlow Farley Gorse Hallam Inverley Juniper Kelso Larkhill Medway Norbury Oakham Penrith Quarry Rushden Selwick Thornby Upwell Varley Westcott Yarrow".split()
ROAD = "Mill Church Station Orchard High Park Bridge Hill Chapel Canal Market Elm Cedar Quarry School".split()
TEAM = "Rovers United Wanderers Athletic Falcons Mariners Bears Comets Rangers Pilots".split()
FIRM = "Brightwell Castor Delmar Ecton Fairholm Glenrock Hartline Isoform Kelvane Lumeno Norvik Ostara".split()
TRADE = "shipping software retail mining paper insurance cement dairy rail glass".split()
THING = "bridge library harbour tramway school budget hospital festival reservoir market museum stadium".split()


class Facts:
    """Facts by kind; those of a headline are the first ones of its text too."""
    def __init__(self, rng):
        self.r, self.told = rng, []

    def again(self, k):
        """The fact of that kind that the headline has, once."""
        for i, (name, value) in enumerate(self.told):
            if name == k:
                return self.told.pop(i)[1]
        return self[k]

    def person(self):
        return f"{self.r.choice(FIRST)} {self.r.choice(LAST)}"

    def __getitem__(self, k):
        r = self.r
        return {"person": self.person, "last": lambda: r.choice(LAST), "town": lambda: r.choice(TOWN), "road": lambda: r.choice(ROAD), "team": lambda: f"{r.choice(TOWN)} {r.choice(TEAM)}", "firm": lambda: r.choice(FIRM),
                "trade": lambda: r.choice(TRADE), "thing": lambda: r.choice(THING), "n": lambda: str(r.randint(2, 9)), "nn": lambda: str(r.randint(11, 89)), "nnn": lambda: str(r.randint(102, 980)), "pct": lambda: f"{r.randint(1, 19)}.{r.randint(1, 9)}",
                "hour": lambda: str(r.randint(1, 12)), "min": lambda: f"{r.randint(10, 59)}", "day": lambda: r.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")), "deg": lambda: str(r.randint(-4, 31)),
                "wind": lambda: r.choice(("north", "south", "east", "west")), "up": lambda: r.choice(("rose", "fell")), "age": lambda: str(r.randint(19, 94)), "street": lambda: r.choice(ROAD) + r.choice((" Street", " Road", " Lane"))}[k]()


def fill(text, facts):
    return re.sub(r"\{(\w+)\}", lambda m: facts.again(m[1]), text)


# A report is a list of slots; a slot is a list of phrasings of which a site uses one.
REPORTS = {
    "result": ("{team} beat {team} {n}-{n} on {day}", (
        ("{team} beat {team} {n}-{n} at home on {day} in front of a crowd of {nnn} at {town} Park.", "A crowd of {nnn} saw {team} defeat {team} {n}-{n} at the {town} ground on {day}."),
        ("{person} opened the scoring in the {nn}th minute with a low shot from the edge of the area, and {person} made it two shortly before the break.", "The home side went ahead after {nn} minutes when {person} turned in a corner, and {person} doubled the lead before half time."),
        ("The visitors were the better side for long spells of the second half but could not turn their possession into goals until {person} headed in with {n} minutes left.", "The visitors pressed after the restart and were rewarded when {person} scored from a free kick {n} minutes from the end."),
        ("“We showed character today, the lads gave everything and the fans were behind us from the first whistle to the last,” the manager, {person}, said after the match.", "“It was a team effort and I could not ask for more from this group of players, now we look to the next one,” said the coach, {person}."),
        ("The result leaves the winners {n}th in the table with {nn} points, while the losers stay in the bottom half with {nn}.", "The win lifts the home side to {n}th place on {nn} points; the visitors remain on {nn} points from their last {nn} matches."),
        ("Tickets for the next home match are on sale at the club shop and on the website, with reduced prices for children, students and pensioners.", "The next home match is on {day}, and season ticket holders can bring a friend free of charge as part of the club’s community day."))),
    "weather": ("Weather: {deg} degrees on {day}", (
        ("The day will start cloudy with patches of mist in the valleys, and it will brighten from the {wind} during the morning.", "It will be a grey start for most of us, with low cloud over the hills that should break up from the {wind} by midday."),
        ("Highs will reach {deg} degrees in {town} and {deg} degrees in {town}, with a light to moderate breeze from the {wind}.", "Temperatures will climb to {deg} degrees in {town} and to {deg} on the coast near {town}, with winds from the {wind} of about {nn} kilometres an hour."),
        ("There is a {nn} per cent chance of showers in the afternoon, mainly over higher ground, and some of them could be heavy with hail and thunder.", "Showers are possible after lunch, with a {nn} per cent chance of rain in the {wind} of the region and a small risk of thunder."),
        ("Tonight will be mostly dry with clear spells, and temperatures will fall to {deg} degrees in rural areas, where a touch of ground frost cannot be ruled out.", "The evening will be dry for most, and under clear skies the temperature will drop to {deg} degrees away from the towns."),
        ("Looking ahead to {day}, high pressure builds from the {wind} and it will turn warmer and drier for the rest of the week.", "The outlook for {day} is more settled as a ridge of high pressure moves in from the {wind} and keeps the rain away until the weekend."),
        ("Pollen levels are moderate and the air quality index is {nn}, so people with breathing problems should take it easy outdoors.", "The pollen count is low, the air quality is good, and the sun will set at {hour}.{min} this evening."))),
    "obituary": ("{person}, {age}", (
        ("{person}, {age}, of {town}, passed away peacefully at home on {day}, surrounded by a loving family.", "{person} of {town} died on {day} at the age of {age} after a short illness bravely borne."),
        ("Born in {town}, the son of the late {person} and {person}, he attended {town} High School and worked for {nn} years at the {firm} {trade} plant.", "Born and raised in {town} to {person} and {person}, she worked for {nn} years in the {trade} trade until her retirement."),
        ("He enjoyed fishing, gardening and spending time with his grandchildren, and he never missed a home game of the {team}.", "She loved her garden, her church and her grandchildren, and her door in {street} was open to everyone who needed a cup of tea."),
        ("Survivors include {n} children, {nn} grandchildren and many nieces and nephews, as well as a sister, {person} of {town}.", "Left to cherish the memory are {n} children, {nn} grandchildren, a brother, {person}, and a host of friends."),
        ("A service of remembrance will be held at {hour}.{min} on {day} at the {town} Chapel, with visitation for family and friends one hour before.", "The funeral will take place on {day} at {hour}.{min} in {town} Parish Church, followed by burial in the churchyard."),
        ("In lieu of flowers, the family asks that donations be made to the {town} Hospice, and condolences may be left online at the website of the funeral home.", "No flowers by request; donations, if desired, to the {town} Lifeboat Fund. The family would like to thank the staff of the hospital for their care and kindness."))),
    "police": ("Police log for {day}", (
        ("The following incidents were reported to the {town} Police Department on {day}; all persons named are considered innocent until proven guilty in a court of law.", "The {town} police responded to {nn} calls for service on {day}. Charges are accusations only, and every person is presumed innocent."),
        ("{hour}.{min}: A resident of {street} reported that someone had entered an unlocked car overnight and taken a purse with {nnn} dollars in it.", "At {hour}.{min} officers were called to {street}, where a caller said that tools worth {nnn} dollars had been taken from a shed."),
        ("{hour}.{min}: {person}, {age}, of {town}, was arrested after a traffic stop at {street} and charged with driving under the influence and driving without a valid licence.", "At {hour}.{min} {person}, {age}, of {town}, was stopped on {street}; officers said that they smelled alcohol, and the driver was taken to the county jail."),
        ("{hour}.{min}: Officers responded to a report of a loud party in {street}; the host agreed to turn down the music and no charges were filed.", "At {hour}.{min} neighbours in {street} complained of noise. Officers advised the residents of the city ordinance and left."),
        ("{hour}.{min}: A two-car crash at {street} and {street} blocked traffic for {nn} minutes; one driver was taken to hospital with injuries that were not believed to be life-threatening.", "At {hour}.{min} two cars collided at {street}. A passenger, {age}, was treated at the scene for minor injuries and traffic was down to one lane for {nn} minutes."),
        ("Anyone with information about these or other incidents is asked to call the department or to leave an anonymous tip, and a reward may be paid for tips that lead to an arrest.", "If you have information that could help, contact the detective bureau during office hours; callers do not have to give their names."))),
    "earnings": ("{firm} profit {up} {pct} per cent", (
        ("{firm}, the {trade} group, said on {day} that its profit for the quarter {up} {pct} per cent to {nnn} million.", "Quarterly profit at the {trade} company {firm} {up} by {pct} per cent to {nnn} million, the company said in a statement on {day}."),
        ("Revenue {up} {pct} per cent to {nnn} million in the period, compared with the average estimate of {nnn} million by analysts.", "Sales {up} {pct} per cent to {nnn} million; analysts had expected {nnn} million on average."),
        ("On a per-share basis, the company said it had net income of {nn} cents, and earnings adjusted for one-time gains and costs were {nn} cents a share.", "Earnings per share were {nn} cents, or {nn} cents when adjusted for restructuring costs and the sale of a business."),
        ("“We delivered a solid quarter in a challenging environment and remain focused on creating value for our customers and shareholders,” the chief executive, {person}, said.", "“Our strategy is working, our people have executed well, and we are confident in the outlook for the rest of the year,” said {person}, the chief executive."),
        ("For the full year the company expects revenue in the range of {nnn} million to {nnn} million and capital spending of {nn} million.", "The company kept its forecast for the year: revenue of {nnn} million to {nnn} million and a margin of {pct} per cent."),
        ("The shares {up} {pct} per cent in early trading; they have lost or gained less than the wider market since the beginning of the year. This story was generated from a company report.", "The stock {up} {pct} per cent after the report and has {up} {nn} per cent in the last twelve months. Elements of this report were produced automatically."))),
    "market": ("Stocks: index {up} {pct} per cent", (
        ("The main index {up} {pct} per cent on {day} as traders weighed the latest company results against worries about interest rates.", "Shares {up} on {day}, with the main index {pct} per cent from its last close, as results from several large companies came in."),
        ("{trade} stocks led the way, with {firm} and {firm} among the most traded, while {trade} stocks were little changed in thin volume.", "{firm} and {firm} were the biggest movers, and {trade} companies did better than {trade} companies for a third day."),
        ("The yield of the ten-year government bond stood at {pct} per cent, after {pct} per cent late in the previous session.", "In the bond market the ten-year yield moved to {pct} per cent from {pct} per cent."),
        ("Oil {up} {pct} per cent to {nn} dollars a barrel, gold {up} to {nnn} dollars an ounce, and the currency was steady against its main trading partners.", "A barrel of crude cost {nn} dollars, {pct} per cent from the day before, and gold traded near {nnn} dollars an ounce."),
        ("Investors are waiting for the figures on jobs due on {day}, which could give a hint of what the central bank will do next.", "All eyes are now on {day}, when the statistics office publishes its report on prices and the central bank meets."),
        ("Past performance is no guide to future returns, and the value of investments can go down as well as up.", "This note is for information only and is not investment advice; readers should consult an adviser before they buy or sell."))),
}


class Template:
    """One kind of report as one site writes it."""
    def __init__(self, kind, rng):
        self.head, slots = REPORTS[kind]
        self.slots = [rng.choice(s) for s in slots]

    def page(self, rng):
        f = Facts(rng)
        facts = [(k, f[k]) for k in re.findall(r"\{(\w+)\}", self.head)]
        values = iter(v for _, v in facts)
        head = re.sub(r"\{\w+\}", lambda m: next(values), self.head)
        f.told = facts
        return cap(head), "\n\n".join(cap(fill(s, f)) for s in self.slots)


def cap(s):
    return s[:1].upper() + s[1:]


# ---- furniture
TEASER = ("{person} named head of the {town} {thing}", "Ten things to know about the new {thing} in {town}", "{town} {thing} to close for {n} weeks", "Council votes {n} to {n} against the {thing}", "Photos: {day} at the {town} {thing}",
          "{firm} to open a {trade} works near {town}", "Opinion: why {town} needs its {thing}", "{person} on life after the {thing}", "Man, {age}, fined over {thing} incident", "How {nnn} families saved the {town} {thing}",
          "What {person} said about {person}", "Recipe of the week: {person}’s {town} pie", "Quiz: how well do you know {town}?", "{team} sign {person} from {team}", "Review: {person} at the {town} Theatre")
BLOCKS = (
    ("Get the best of {site} in your inbox every morning. Enter your address below to sign up for our newsletter; you can leave the list at any time by following the link at the foot of each message.",
     "Sign up for {site} Daily, our free newsletter with the stories that matter, picked by our editors and delivered before breakfast. By signing up you agree to our terms and to our privacy policy.",
     "Do you enjoy reading {site}? Subscribe today from as little as one euro a week and get unlimited articles, the digital edition and our app for telephones and tablets."),
    ("We use cookies and similar techniques to improve your experience, to measure our audience and to show you advertisements that match your interests. You can accept all of them, or choose what you allow in the settings.",
     "This website stores small files on your device. Some are needed for the site to work, others help us and our {nn} partners to understand how it is used. Manage your choices at any time under privacy.",
     "Your privacy matters to {site}. Together with our partners we process data such as your address and the pages that you visit, on the ground of your consent or of our legitimate interest."),
    ("Comments are open to subscribers. Please be civil, stay on the subject and do not post links. {site} reserves the right to remove comments that break its rules without notice.",
     "Join the conversation: log in or make an account to leave a comment. Our moderators read every comment before it appears, and that may take some time at weekends.",
     "What do you think? Write to the editor of {site} with your full name, address and telephone number. Letters may be shortened and edited for clarity."),
    ("{site} is an independent newspaper that has served its readers since {year}. It is published by the {site} Media Trust and is a member of the national press council, whose code of practice it follows.",
     "About us: {site} was founded in {year} by printers from {town} and is owned by its readers. Our newsroom of {nn} is funded by subscriptions, advertisements and gifts.",
     "Copyright {site}. All rights reserved. No part of this page may be copied, stored, translated or broadcast without the written permission of the publisher. Registered office: {nn} {street}, {town}."),
    ("Share this article: by mail, by message, on paper. Print. Save for later. Listen to this article. Make the text larger or smaller. Report a mistake in this article to the editors.",
     "Read this article aloud. Send it to a friend. Add it to your reading list. Follow the author and you will be told when there is something new. Correct an error."),
    ("Advertisement. This message will disappear in {n} seconds. Why do I see this? Advertisements help us to keep our journalism free for those who cannot pay for it.",
     "Advertisement: the article goes on below. If you use a blocker, please consider an exception for {site}: our reporters, photographers and editors live on it."),
    ("Most of our stories are free to read. This one took our reporters many days of work. If you can, support {site} with a gift, once or every month, it takes less than a minute.",
     "You have read {n} of {n} free articles this month. Register for free to read more, or become a member and read {site} without limits, on every device and without advertisements."),
)


class Site:
    """A paper of our invention with its own furniture: fixed blocks, and teasers that change from page to page."""
    def __init__(self, name, rng):
        self.name, self.host = name, re.sub(r"\W", "", name.lower()) + ".example"
        f = Facts(rng)
        own = lambda t: fill(t.replace("{site}", name).replace("{year}", str(rng.randint(1840, 1995))), f)
        self.blocks = [own(rng.choice(b)) for b in BLOCKS]
        self.sections = ", ".join(rng.sample(("Home", "Local", "World", "Business", "Sport", "Culture", "Opinion", "Weather", "Classified", "Jobs", "Property", "Cars", "Travel", "Food", "Puzzles", "Archive"), 11))

    def teasers(self, rng, n):
        f = Facts(rng)
        return [cap(fill(rng.choice(TEASER), f)) for _ in range(n)]

    def around(self, article, rng, times):
        """Paragraphs of a page in which the article is one part of `times`: furniture before it, within it and behind it."""
        want, lines = (times - 1) * sum(len(p.split()) for p in article), []
        while sum(len(l.split()) for l in lines) < want:
            k = len(lines)
            lines.append(self.blocks[k] if k < len(self.blocks) else f"{rng.choice(('Read more', 'Related', 'Most read', 'From the archive', 'More from this section', 'Also today'))}: {'. '.join(self.teasers(rng, 5))}.")
        cut = len(lines) // 3
        return [self.sections] + lines[:cut], lines[cut:]


def site_names():
    kinds = ("Ledger", "Courier", "Observer", "Chronicle", "Gazette", "Mercury", "Signal", "Post", "Argus", "Standard")
    return [f"The {t} {kinds[i % len(kinds)]}" for i, t in enumerate(TOWN)]
