import { createRouter, createWebHashHistory, type Router } from "vue-router";
import RecordsScreen from "./screens/RecordsScreen.vue";
import RoundsScreen from "./screens/RoundsScreen.vue";
import SealScreen from "./screens/SealScreen.vue";
import SitesScreen from "./screens/SitesScreen.vue";
import VisitScreen from "./screens/VisitScreen.vue";

/** The screens. Addresses stand behind the #, so that one cached page serves them all. */
export function makeRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: "/rounds", name: "rounds", component: RoundsScreen },
      { path: "/sites/:round", name: "sites", component: SitesScreen, props: true },
      {
        path: "/visit/:draft",
        name: "visit",
        component: VisitScreen,
        props: (route) => ({ draft: route.params["draft"], at: route.query["at"] }),
      },
      { path: "/seal/:draft", name: "seal", component: SealScreen, props: true },
      { path: "/records", name: "records", component: RecordsScreen },
      { path: "/:rest(.*)", redirect: "/rounds" },
    ],
  });
}
