-- Say under which name an adapter is served. Is it one of which that may be said?
SELECT serve_style_adapter(%(adapter_id)s, %(served)s)
