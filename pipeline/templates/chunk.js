{% from "macros.html" import evidence_item %}
{% set html %}{% for item in page.items %}{{ evidence_item(item, item.sentence.badges | selectattr("area", "equalto", page.area) | list) }}{% endfor %}{% endset %}
lichang.chunk({{ html | tojson }});
