"""The derived tables that charts draw and readers get, a module each: `out_<name>` is `<name>.py`.

A module declares its `TABLE` and has `build`, whose parameters are what the table is made from: tables by name (a
`gpd.GeoDataFrame` where their outlines are wanted), or one of the other inputs that `upkeep.stages.derived` reads.
Modules whose name begins with `_` hold what several of them share.
"""
