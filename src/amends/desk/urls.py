"""Every page of the desk, in one flat list; who may come in is in `door.py`."""

from amends.desk.door import page

app_name = "desk"
urlpatterns = []
