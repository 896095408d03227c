/// The stylesheet of the page at `/docs`.
enum DocsStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --page: #fdfdfc; --panel: #f4f3f0; --line: #dedcd6; --text: #1d1c1a; --muted: #5f5c56; --link: #0a58a8;
      --get: #0a6b4a; --post: #0a58a8; --put: #8a5300; --patch: #7a3ba0; --delete: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #161618; --panel: #202023; --line: #38383d; --text: #ececea; --muted: #a5a39e; --link: #82b8f5;
        --get: #6fd3a8; --post: #82b8f5; --put: #e5b567; --patch: #d0a2ee; --delete: #f59a92;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body {
      margin: 0; background: var(--page); color: var(--text);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      display: grid; grid-template-columns: 19rem minmax(0, 1fr);
    }
    a { color: var(--link); }
    a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .875em; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; z-index: 1; }
    nav {
      position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; font-size: .875rem;
      background: var(--panel); border-right: 1px solid var(--line);
    }
    nav h2 { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; margin: 1.25rem 0 .25rem; }
    nav h2 a { color: var(--muted); }
    nav ul { list-style: none; margin: 0; padding: 0; }
    nav a { display: block; padding: .2rem .4rem; border-radius: .35rem; color: inherit; text-decoration: none; }
    nav a:hover { background: var(--line); }
    nav li a { display: grid; grid-template-columns: 3.4rem 1fr; align-items: baseline; }
    nav li a:not(:has(.method)) { display: block; }
    nav .method { font-size: .65rem; }
    main { padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 62rem; }
    h1 { margin: 0; font-size: 2rem; } h1 small, h3 small, h4 small { color: var(--muted); font-weight: 400; }
    .lead { font-size: 1.15rem; margin: .25rem 0 1rem; }
    .links a { margin-right: 1rem; }
    section > h2 { margin: 3rem 0 .5rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
    article { padding: 1.25rem 0; border-bottom: 1px solid var(--line); }
    h3 { margin: 0 0 .25rem; } h4 { margin: 1.25rem 0 .35rem; font-size: .95rem; }
    .anchor { color: var(--muted); text-decoration: none; opacity: .45; } .anchor:hover, .anchor:focus { opacity: 1; }
    .route { margin: .25rem 0 .5rem; } .route code { font-size: 1rem; }
    .id { color: var(--muted); margin-left: .75rem; font-size: .875rem; }
    .method { font-weight: 700; font-size: .8rem; letter-spacing: .03em; }
    .get, .head { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); }
    .patch { color: var(--patch); } .delete { color: var(--delete); }
    .badge {
      border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .55rem; font-size: .75rem; color: var(--muted);
      margin-left: .35rem;
    }
    .badge.warning { color: var(--delete); }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-top: 1px solid var(--line); }
    thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: .8rem; }
    tbody th { font-weight: 500; white-space: nowrap; } td small, th small { display: block; color: var(--muted); }
    td p { margin: 0; } .members td:nth-child(2) { min-width: 10rem; }
    .responses { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0; font-size: .9rem; }
    dd { margin: 0; } .status { font-weight: 700; } .good { color: var(--get); } .bad { color: var(--delete); }
    .body { margin-left: .35rem; } .note { color: var(--muted); font-size: .875rem; }
    details { margin-top: 1.25rem; } summary { cursor: pointer; font-weight: 600; font-size: .95rem; }
    pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; overflow-x: auto; }
    @media (max-width: 52rem) {
      body { display: block; }
      nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
    }
    @media print { nav { display: none; } body { display: block; } }

    """
}
