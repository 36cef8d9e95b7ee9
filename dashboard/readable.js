// What Streamlit's page does not say to a screen reader: its language, that its groups of pages are lists, that the
// small courses in cards are ornaments (value and change stand beside them in words); and that a table which is wider
// than a phone is scrolled by keys, too.
(() => {
  const mend = () => {
    document.documentElement.lang = "{language}";
    for (const groups of document.querySelectorAll('[data-testid="stSidebarNavItems"]:has(> div)')) {
      groups.setAttribute("role", "presentation");
      for (const group of groups.children) group.setAttribute("role", "list");
    }
    for (const course of document.querySelectorAll('[data-testid="stMetricChart"]')) {
      course.setAttribute("aria-hidden", "true");
    }
    for (const box of document.querySelectorAll('[data-testid="stTable"], [data-testid="stTable"] > div, .stPrintFixedWidth > div')) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  };
  window.readableWatch?.disconnect();
  let waiting = false;
  window.readableWatch = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      mend();
    }, 50);
  });
  window.readableWatch.observe(document.body, { childList: true, subtree: true });
  mend();
})();
