import {ask, byId, make, time} from "./common.js";

const {json: ids} = await ask("/elections");
const elections = await Promise.all(ids.map(id => ask(`/elections/${encodeURIComponent(id)}`)));
const found = elections.filter(it => it.status === 200).map(it => it.json).sort((a, b) => b.opens < a.opens ? -1 : 1);
byId("elections").replaceChildren(...(found.length ? found.map(card) : [make("p", {}, "There is no election.")]));

function card(it) {
  const query = `?election=${encodeURIComponent(it.id)}`;
  const links = make("p", {className: "actions"});
  if (it.state === "open") links.append(make("a", {href: `vote.html${query}`, className: "button"}, `Vote in ${it.id}`));
  links.append(make("a", {href: `results.html${query}`}, `Results of ${it.id}`));
  return make("section", {className: "card"},
    make("h2", {}, it.id),
    make("p", {}, `${it.state}: from ${time(it.opens)} to ${time(it.closes)}`),
    links);
}
